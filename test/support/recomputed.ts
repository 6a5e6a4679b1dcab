import {cumsum, deviation, group, mean, median, quantile, sum} from "d3";
import {type FileRow, last, numbers, type Recompute, share} from "./file-rows.js";
import {recomputedStudies} from "./recomputed-studies.js";

const nets = (rows: readonly FileRow[]) => numbers(rows, "Net");
const won = (rows: readonly FileRow[]) => nets(rows).filter((net) => net > 0);
const lost = (rows: readonly FileRow[]) => nets(rows).filter((net) => net < 0);
const sharpe = (values: readonly number[]) => mean(values)! / deviation(values)!;
const longest = (nets: readonly number[], sign: number) =>
  Math.max(
    ...nets
      .map((net) => (Math.sign(net) === sign ? "x" : " "))
      .join("")
      .split(" ")
      .map((run) => run.length)
  );

/** Depth of values below their highest so far, the first among them. */
function depths(values: Iterable<number>): number[] {
  let peak = -Infinity;
  return [...values].map((value) => {
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}

function growth(factors: readonly number[]): number[] {
  const grown = [1];
  for (const factor of factors) grown.push(grown.at(-1)! * factor);
  return grown;
}

const balanceFactors = (rows: readonly FileRow[]) =>
  rows.map((row) => (row["Kind"] === "trade" ? 1 + Number(row["Change"]) / Number(row["Balance before"]) : 1));
const dayGrowth = (rows: readonly FileRow[]) => growth(numbers(rows, "Return").map((value) => 1 + value));
const returns = (rows: readonly FileRow[]) => numbers(rows, "Return");

/** Difference between what came after losses and after wins within sessions, weighted by how well each can be told. */
function within(rows: readonly FileRow[], value: (row: FileRow) => number): number {
  const parts = [...group(rows, (row) => row["Session"]).values()].flatMap((own) => {
    const [a, b] = ["loss", "win"].map((after) => own.filter((row) => row["After"] === after).map(value));
    if (a!.length * b!.length === 0) return [];
    return [{weight: (a!.length * b!.length) / (a!.length + b!.length), difference: mean(a!)! - mean(b!)!}];
  });
  return sum(parts, ({weight, difference}) => weight * difference) / sum(parts, ({weight}) => weight);
}

function shortfall(values: readonly number[], tail: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const count = values.length * tail;
  return -sum(sorted, (value, i) => value * Math.max(0, Math.min(1, count - i))) / count;
}

/** e to the slope of log(value) on the streak, each less its session's mean, less 1. */
function streakSlope(rows: readonly FileRow[], value: (row: FileRow) => number): number {
  const centred = [...group(rows, (row) => row["Session"]).values()].flatMap((own) => {
    const [x, y] = [mean(own, (row) => Number(row["Streak"]))!, mean(own, (row) => Math.log(value(row)))!];
    return own.map((row) => [Number(row["Streak"]) - x, Math.log(value(row)) - y] as const);
  });
  return Math.exp(sum(centred, ([x, y]) => x * y) / sum(centred, ([x]) => x * x)) - 1;
}

function highestMean(rows: readonly FileRow[], by: string): number {
  const groups = [...group(rows, (row) => row[by]).values()].filter((own) => own.length >= 10);
  return Math.max(...groups.map((own) => mean(nets(own))!));
}

function averageRange(rows: readonly FileRow[]): number {
  const bars = rows.map(({High, Low, Close}) => [Number(High), Number(Low), Number(Close)] as const);
  const ranges = bars.slice(1).map(([high, low], i) => {
    const before = bars[i]![2];
    return Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
  });
  return ranges.slice(14).reduce((average, range) => average + (range - average) / 14, mean(ranges.slice(0, 14))!);
}

/** z with this much of a standard normal below it, by halving; good to 1e-12. */
function normalBelow(z: number): number {
  const step = 1e-4;
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const points = Math.max(2, 2 * Math.ceil(Math.abs(z) / step / 2));
  const h = z / points;
  let area = density(0) + density(z);
  for (let i = 1; i < points; ++i) area += (i % 2 === 1 ? 4 : 2) * density(i * h);
  return 0.5 + (area * h) / 3;
}

function record(values: readonly number[]): {s: number; variance: number} {
  const s = sharpe(values);
  const centre = mean(values)!;
  const moment = (power: number) => mean(values, (value) => (value - centre) ** power)!;
  const [skewness, kurtosis] = [moment(3) / moment(2) ** 1.5, moment(4) / moment(2) ** 2];
  return {s, variance: 1 - skewness * s + ((kurtosis - 1) / 4) * s * s};
}

const after = (rows: readonly FileRow[], kind: string) => rows.filter((row) => row["After"] === kind);
const soon = (row: FileRow) => row["Within the window"] === "yes";
const taken = (rows: readonly FileRow[], result: string) =>
  share(
    rows.filter((row) => row["Result"] === result),
    (row) => row["Taken"] === "realised"
  );

/** Every headline figure by name, from the rows of its panel's file alone. */
export const recomputed: Readonly<Record<string, Recompute>> = {
  net: (rows) => sum(nets(rows)),
  "gross-profit": (rows) => sum(won(rows)),
  "gross-loss": (rows) => sum(lost(rows)),
  "largest-fall": (rows) => {
    const traded = cumsum(rows, (row) => (row["Kind"] === "trade" ? Number(row["Change"]) : 0));
    return Math.min(0, ...traded.map((made, i) => made - Math.max(0, ...traded.slice(0, i + 1))));
  },
  expectancy: (rows) => mean(nets(rows))!,
  "win-rate": (rows) => won(rows).length / rows.length,
  "profit-factor": (rows) => -sum(won(rows)) / sum(lost(rows)),
  payoff: (rows) => -mean(won(rows))! / mean(lost(rows))!,
  "average-win": (rows) => mean(won(rows))!,
  "average-loss": (rows) => mean(lost(rows))!,
  "expectancy-r": (rows) => mean(numbers(rows, "R"))!,
  sqn: (rows) => Math.sqrt(numbers(rows, "R").length) * sharpe(numbers(rows, "R")),
  sharpe: (rows) => sharpe(nets(rows)),
  "win-streak": (rows) => longest(nets(rows), 1),
  "loss-streak": (rows) => longest(nets(rows), -1),
  "long-net": (rows) => sum(nets(rows)),
  "short-net": (rows) => sum(nets(rows)),
  "long-win-rate": (rows) => won(rows).length / rows.length,
  "sharpe-annual": (rows) => sharpe(returns(rows)) * Math.sqrt(252),
  "sortino-annual": (rows) =>
    (mean(returns(rows))! / Math.sqrt(mean(returns(rows), (value) => Math.min(0, value) ** 2)!)) * Math.sqrt(252),
  calmar: (rows) => (dayGrowth(rows).at(-1)! ** (252 / rows.length) - 1) / -Math.min(...depths(dayGrowth(rows))),
  ulcer: (rows) => Math.sqrt(mean(depths(dayGrowth(rows)), (depth) => depth ** 2)!),
  "sharpe-chance": (rows) => {
    const {s, variance} = record(returns(rows));
    return normalBelow((s * Math.sqrt(rows.length - 1)) / Math.sqrt(variance));
  },
  "track-record": (rows) => {
    const {s, variance} = record(returns(rows));
    return Math.ceil(1 + variance * (1.6448536269514722 / s) ** 2);
  },
  "curve-end": (rows) => sum(numbers(rows, "Change")),
  "result-fall": (rows) => {
    const sums = [0, ...cumsum(numbers(rows, "Change"))];
    return Math.min(...sums.map((value, i) => value - Math.max(...sums.slice(0, i + 1))));
  },
  "highest-group": (rows) => highestMean(rows, "Group"),
  disposition: (rows) => taken(rows, "gain") - taken(rows, "loss"),
  "disposition-1": (rows) => taken(rows, "gain"),
  "disposition-2": (rows) => taken(rows, "loss"),
  reentry: (rows) => within(rows, (row) => Number(row["Minutes"])),
  "reentry-1": (rows) => median(numbers(after(rows, "loss"), "Minutes"))!,
  "reentry-2": (rows) => median(numbers(after(rows, "win"), "Minutes"))!,
  "reentry-share": (rows) => within(rows, (row) => (soon(row) ? 1 : 0)),
  "reentry-share-1": (rows) => share(after(rows, "loss"), soon),
  "reentry-share-2": (rows) => share(after(rows, "win"), soon),
  "streak-size": (rows) => streakSlope(rows, (row) => Number(row["Relative size"])),
  "streak-time": (rows) => streakSlope(rows, (row) => Math.max(1, Number(row["Minutes"]))),
  hours: (rows) => highestMean(rows, "Hour"),
  "value-at-risk": (rows) => -quantile(returns(rows), 0.05)!,
  "expected-shortfall": (rows) => shortfall(returns(rows), 0.05),
  "var-exceptions": (rows) =>
    share(
      rows.filter((row) => row["VaR"] !== ""),
      (row) => Number(row["Return"]) < -Number(row["VaR"])
    ),
  "policy-violations": (rows) =>
    sum(rows, (row) => {
      const [found, allowed] = [Number(row["Found"]), Number(row["Allowed"])];
      const isMore = row["Limit"]!.startsWith("Cooling") ? found < allowed : found - allowed > allowed / 1e9;
      return isMore ? 1 : 0;
    }),
  "below-peak": (rows) => depths(growth(balanceFactors(rows))).at(-1)!,
  "deepest-fall": (rows) => Math.min(...depths(growth(balanceFactors(rows)))),
  "gross-exposure": (rows) => sum(numbers(rows, "Value").map(Math.abs)),
  "net-exposure": (rows) => sum(numbers(rows, "Value")),
  "last-close": (rows) => last(rows, "Close"),
  "session-range": (rows) => last(rows, "High") - last(rows, "Low"),
  atr: averageRange,
  "session-volume": (rows) => last(rows, "Volume"),
  "bars-kept": (rows) => sum(numbers(rows, "Found")),
  "bars-covered": (rows) => sum(rows.filter((row) => row["Expected"] !== "").map((row) => Number(row["Found"]))),
  "window-change": (rows) => last(rows, "Close") / Number(rows[0]!["Close"]) - 1,
  "last-swing-high": (rows) => last(rows, "Price"),
  "last-swing-low": (rows) => last(rows, "Price"),
  "last-break": (rows) => last(rows, "Price"),
  swings: (rows) => rows.length,
  breaks: (rows) => rows.length,
  changes: (rows) => rows.length,
  events: (rows) => rows.length,
  "last-day": (rows) => sum(nets(rows)),
  "last-days": (rows) => sum(nets(rows)),
  balance: (rows) => sum(numbers(rows, "Change")),
  "open-profit": (rows) => sum(numbers(rows, "Profit")),
  equity: (rows) => sum(numbers(rows, "Amount")),
  "day-result": (rows) => sum(nets(rows)),
  "widest-move": (rows) => {
    const changes = rows.map((row) => Number(row["Last close"]) / Number(row["Close before"]) - 1);
    return changes.sort((a, b) => Math.abs(b) - Math.abs(a))[0]!;
  },
  ...recomputedStudies
};
