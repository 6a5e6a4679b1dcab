import type {BalancePoint} from "../../services/analytics/performance/balance-curve.js";
import type {TradeStatistics} from "../../services/analytics/performance/trade-statistics.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import type {Formats} from "../format/create-formats.js";
import type {Fact} from "../parts/evidence.js";
import {balanceRows} from "./balance-rows.js";
import {type TripFigure, tripFigures} from "./trade-figures.js";
import {tripColumns, tripRows} from "./trip-rows.js";
import type {Why, WhyRows} from "./why.js";

/** The round trips that a page shows statistics of, and what was chosen. */
export interface TradeContext {
  readonly statistics: TradeStatistics;
  readonly trips: readonly RoundTrip[];
  /** The account's balance after each close and payment. */
  readonly steps?: readonly BalancePoint[];
  readonly currency: string;
  /** What the reader chose, in words. */
  readonly filters: readonly Fact[];
  readonly dataset: Dataset;
  readonly format: Formats;
}

/** What one figure of a Trades page stands on. @throws {RangeError} for an unknown figure */
export function tradeWhy(name: string, context: TradeContext): Why {
  const figure = tripFigures[name];
  if (figure === undefined) throw new RangeError(`unknown figure: ${name}`);
  const {trips, filters, dataset, format} = context;
  const chosen = trips.filter(figure.only ?? (() => true));
  const last = chosen.reduce((latest, {closeTime}) => Math.max(latest, closeTime), -Infinity);
  const {value, reason, ...evidence} = figure.of(context.statistics);
  return {
    ...figure,
    value,
    reason,
    ...("n" in evidence && {estimate: {value, ...(reason !== undefined && {reason}), ...evidence}}),
    show: showOf(figure, context),
    inputs: [...filters, ["Deals", `${dataset.id}, matched first in, first out, flat to flat`]],
    rows: rowsOf(figure, chosen, context),
    datasets: [dataset],
    span: chosen.length === 0 ? undefined : {start: Math.min(...chosen.map(({openTime}) => openTime)), end: last},
    knownAt: chosen.length === 0 ? "not yet" : `${format.zoned(last)}, when the last of these round trips closed`
  };
}

function rowsOf(
  {name, isOfBalance}: TripFigure,
  chosen: readonly RoundTrip[],
  {steps = [], currency, format}: TradeContext
): WhyRows {
  if (isOfBalance) return balanceRows(steps, currency, format);
  const rows = tripRows(chosen);
  return {caption: `Round trips behind ${name}`, columns: tripColumns(rows, currency, format), rows};
}

function showOf({kind}: TripFigure, {currency, format}: TradeContext): (value: number) => string {
  if (kind === "money") return (value) => `${format.amount(value, currency, {signed: true})}\u00a0${currency}`;
  if (kind === "share") return (value) => format.fraction(value);
  if (kind === "count") return (value) => `${format.count(value)} in a row`;
  return (value) => format.number(value, {decimals: 2});
}
