import {bootstrapInterval} from "../../services/analytics/statistics/bootstrap.js";
import {estimateWith, refuseSmall} from "../../services/analytics/statistics/estimates.js";
import {median} from "../../services/analytics/statistics/quantile.js";
import type {TrendStartEvent} from "../../services/analytics/structure/trend-starts/trend-start-event.js";
import type {PendingStart} from "../../services/analytics/structure/trend-starts/trend-starts.js";
import type {BarSeries} from "../../services/domain/bar.js";
import type {Estimate} from "../../services/domain/estimate.js";
import {estimateTile, statTile, tileRow} from "../parts/stat-tile.js";
import {barName} from "./structure-table.js";
import type {StructureTilesOptions} from "./structure-tiles.js";
import {goneOf, isForced, lagOf} from "./trend-table.js";

const fewest = 30;
/** Starts that the two medians are taken of: the latest, so that an interval costs little. */
const most = 500;

/** How late starts were known, and what the price had done by then. */
export interface TrendMedians {
  /** The starts that they are taken of: the latest. */
  readonly events: readonly TrendStartEvent[];
  /** In bars. */
  readonly lag: Estimate;
  /** A fraction, the start's way. */
  readonly gone: Estimate;
}

/** Both medians over the latest starts, each with its interval; refused below 30. */
export function trendMedians(events: readonly TrendStartEvent[], bars: BarSeries): TrendMedians {
  const latest = events.slice(-most);
  return {
    events: latest,
    lag: medianOf(latest.map(lagOf)),
    gone: medianOf(latest.map((event) => goneOf(event, bars)))
  };
}

/** The last start, the candidates, how many starts there were, and how late they were known. */
export function trendTiles(
  events: readonly TrendStartEvent[],
  pending: readonly PendingStart[],
  options: StructureTilesOptions
): HTMLElement {
  const {bars, timeframe, instrument, format} = options;
  const last = events.at(-1);
  const forced = events.filter(isForced).length;
  const medians = trendMedians(events, bars);
  return tileRow([
    statTile({
      figure: "last-start",
      label: last === undefined ? "Last start" : `Last start: ${last.type === "uptrend_start" ? "▲ up" : "▼ down"}`,
      value: last?.price,
      text: format.price(last?.price, instrument.tickSize),
      unit: instrument.currency,
      basis:
        last === undefined
          ? `n\u202f=\u202f${format.count(bars.length)} bars`
          : `known ${barName(last.knownAt, options)}`,
      change: last && `at ${barName(last.time, options)}`,
      reason: "none yet"
    }),
    pendingTile("uptrend_start", "Pending ▲: low to hold", pending, options),
    pendingTile("downtrend_start", "Pending ▼: high to hold", pending, options),
    statTile({
      figure: "starts",
      label: "Trend starts",
      value: events.length,
      text: format.count(events.length),
      change: `${format.count(forced)} of them forced`,
      basis: `in n\u202f=\u202f${format.count(bars.length)} bars of ${timeframe}`
    }),
    estimateTile({
      figure: "lag",
      label: "Delay until known, median",
      estimate: medians.lag,
      format: (value) => format.number(value, {decimals: 1}),
      unit: "bars",
      counted: "starts",
      locale: format.locale
    }),
    estimateTile({
      figure: "gone",
      label: "Move before it was known, median",
      estimate: medians.gone,
      format: (value) => format.fraction(value, {signed: true, decimals: 2}),
      counted: "starts",
      isSigned: true,
      locale: format.locale
    })
  ]);
}

function pendingTile(
  type: PendingStart["type"],
  label: string,
  pending: readonly PendingStart[],
  options: StructureTilesOptions
): HTMLElement {
  const {bars, instrument, format} = options;
  const candidate = pending.find((one) => one.type === type);
  return statTile({
    figure: type === "uptrend_start" ? "pending-up" : "pending-down",
    label,
    value: candidate?.price,
    text: format.price(candidate?.price, instrument.tickSize),
    unit: instrument.currency,
    basis:
      candidate === undefined
        ? `after n\u202f=\u202f${format.count(bars.length)} bars`
        : `on ${barName(candidate.time, options)}`,
    reason: "no candidate"
  });
}

function medianOf(values: readonly number[]): Estimate {
  if (values.length < fewest) return refuseSmall(values.length, fewest, "starts");
  const interval = bootstrapInterval(values, median, {draws: 500});
  return estimateWith(median(values), values.length, interval, "bootstrap by start");
}
