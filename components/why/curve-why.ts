import type {BalancePoint} from "../../services/analytics/performance/balance-curve.js";
import {resultFalls} from "../../services/analytics/performance/result-curve.js";
import type {Underwater} from "../../services/analytics/risk/underwater.js";
import type {Dataset} from "../../services/domain/dataset.js";
import {toAmount} from "../../services/domain/money.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import {sumOf, valuesOf} from "./recompute.js";
import type {Why, WhyRow} from "./why.js";

/** A curve of a balance, of equity, or of results added up. */
export interface CurveContext {
  readonly points: readonly BalancePoint[];
  /** Of a balance: how far its growth fell. */
  readonly depth?: Underwater;
  /** What the points are, as `balance of closed trades`. */
  readonly subject: string;
  readonly datasets: readonly Dataset[];
  readonly currency: string;
  readonly format: Formats;
}

type Curve = Pick<Why, "rows" | "datasets" | "span" | "knownAt" | "inputs">;

const growing =
  "Growth is the product of 1 + Change / Balance before over the rows that are trades; money paid in or out moves nothing";

const figures: Readonly<Record<string, (context: CurveContext) => Omit<Why, keyof Curve>>> = {
  "curve-end": (context) => ({
    name: `Where the ${context.subject} stands`,
    value: context.points.length === 0 ? undefined : toAmount(context.points.at(-1)!.balance),
    reason: "nothing in this history",
    show: inMoney(context),
    formula: "Σ change",
    definition: "Each point adds what its deals left in the account: profit, commission, swap and fee, and payments.",
    recompute: {words: "Sum of Change", of: (rows) => sumOf(valuesOf(rows, "Change"))}
  }),
  "below-peak": (context) => ({
    ...ofGrowth(context),
    name: "Below the peak now",
    value: context.depth?.points.at(-1)?.drawdown,
    formula: "growth / peak of growth − 1, at the last point",
    definition: "How far the growth of one unit stands below its highest so far.",
    recompute: {
      words: `Growth over its highest so far, less 1, in the last row. ${growing}`,
      of: (rows) => falls(rows).at(-1)
    }
  }),
  "deepest-fall": (context) => ({
    ...ofGrowth(context),
    name: "Deepest fall",
    value: (context.depth?.points.length ?? 0) === 0 ? undefined : (context.depth!.worst[0]?.depth ?? 0),
    formula: "min(growth / peak of growth − 1)",
    definition: "The deepest fall of the growth of one unit below its highest before.",
    recompute: {
      words: `The lowest of Growth over its highest so far, less 1. ${growing}`,
      of: (rows) => Math.min(0, ...falls(rows))
    }
  }),
  "result-fall": (context) => ({
    name: "Deepest fall of the results added up",
    value: toAmount({minor: Math.min(0, ...resultFalls(context.points)), currency: context.currency}),
    show: inMoney(context),
    formula: "min(sum − peak of the sum)",
    definition: "How far the results, added up from nothing, fell below their own highest so far, in money.",
    recompute: {
      words: "Change added up from nothing; the lowest of that less its highest so far, nothing among them",
      of: sumFall
    }
  })
};

/** What one figure of a curve stands on. @throws {RangeError} for an unknown figure */
export function curveWhy(name: string, context: CurveContext): Why {
  const figure = figures[name];
  if (figure === undefined) throw new RangeError(`unknown figure: ${name}`);
  return {...curveOf(context), ...figure(context)};
}

function inMoney({format, currency}: CurveContext) {
  return (value: number) => `${format.amount(value, currency)}\u00a0${currency}`;
}

function ofGrowth({depth, format}: CurveContext) {
  return {
    reason: depth?.reason ?? "nothing closed yet",
    show: (value: number) => format.fraction(value, {decimals: 2})
  };
}

function curveOf({points, depth, subject, datasets, format, currency}: CurveContext): Curve {
  const start =
    depth === undefined ? 0 : points.findIndex(({isOperation, balance}) => isOperation && balance.minor > 0);
  const shown = start < 0 ? [] : points.slice(start, start + (depth?.points.length ?? points.length));
  const before = (i: number) => toAmount(points[start + i - 1]?.balance ?? {minor: 0, currency});
  const [first, last] = [shown[0], shown.at(-1)];
  const amount = (value: number) => format.amount(value, currency);
  const signed = (value: number) => format.amount(value, currency, {signed: true});
  return {
    inputs: [["Curve", `${subject}${depth === undefined ? "" : ", from the first deposit"}`]],
    rows: {
      caption: `Points of the ${subject}`,
      columns: [
        timeColumn("Time", format),
        textColumn("Deal"),
        textColumn("Kind"),
        numberColumn("Balance before", amount, {unit: currency}),
        numberColumn("Change", signed, {unit: currency, isSigned: true})
      ],
      rows: shown.map(
        ({time, ticket, isOperation, change}, i): WhyRow => ({
          Time: formatIso(time),
          Deal: ticket,
          Kind: isOperation ? "paid in or out" : "trade",
          "Balance before": before(i),
          Change: toAmount(change)
        })
      )
    },
    datasets,
    span: first && last && {start: first.time, end: last.time},
    knownAt: last === undefined ? "not yet" : `${format.zoned(last.time)}, at the last of these points`
  };
}

/** Growth over its highest so far, less 1, after each row. */
function falls(rows: readonly WhyRow[]): number[] {
  let [growth, peak] = [1, 1];
  return rows.map(({Kind, Change, "Balance before": before}) => {
    if (Kind === "trade") growth *= 1 + Number(Change) / Number(before);
    peak = Math.max(peak, growth);
    return growth / peak - 1;
  });
}

function sumFall(rows: readonly WhyRow[]): number {
  let [sum, peak, lowest] = [0, 0, 0];
  for (const change of valuesOf(rows, "Change")) {
    sum += change;
    peak = Math.max(peak, sum);
    lowest = Math.min(lowest, sum - peak);
  }
  return lowest;
}
