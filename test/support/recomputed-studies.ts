import {deviation, group, mean, median, sum} from "d3";
import {type FileRow, last, numbers, type Recompute, share} from "./file-rows.js";

/** Moves of the sessions, in logarithms. */
const moves = (rows: readonly FileRow[]) =>
  rows.map(({Overnight, High, Low, Close}) => ({
    o: Number(Overnight),
    h: Number(High),
    l: Number(Low),
    c: Number(Close)
  }));

const rogersSatchell = (rows: readonly FileRow[]) =>
  Math.sqrt(mean(moves(rows), ({h, l, c}) => h * h + l * l - c * (h + l))!);

function yangZhang(rows: readonly FileRow[]): number {
  const k = 0.34 / (1.34 + (rows.length + 1) / (rows.length - 1));
  const [night, day] = [deviation(numbers(rows, "Overnight"))!, deviation(numbers(rows, "Close"))!];
  return Math.hypot(night, Math.sqrt(k) * day, Math.sqrt(1 - k) * rogersSatchell(rows));
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const [sx, sy] = [deviation(xs)!, deviation(ys)!];
  const [mx, my] = [mean(xs)!, mean(ys)!];
  return sum(xs, (x, i) => ((x - mx) / sx) * ((ys[i as number]! - my) / sy)) / (xs.length - 1);
}

function overHorizon(rows: readonly FileRow[]): number {
  const [h, m] = [last(rows, "Sessions"), rows.length];
  const returns = numbers(rows, "Return");
  const n = m + h - 1;
  return Math.sqrt((deviation(returns)! ** 2 * (m - 1)) / (h * m * (1 - h / n)));
}

/** The mean of a column over the rows of the first row's part of the day. */
const ofFirstPart = (rows: readonly FileRow[], name: string) =>
  mean(numbers(group(rows, (row) => row["Part of the day"]).get(rows[0]!["Part of the day"])!, name))!;

const isLeft = (row: FileRow) => row["Left first"] !== "none";

/** The figures of Trends, of the studies and of the Data page by name, from the rows of their panels' files alone. */
export const recomputedStudies: Readonly<Record<string, Recompute>> = {
  rows: (rows) => sum(numbers(rows, "Rows")),
  bytes: (rows) => sum(numbers(rows, "Bytes")),
  covered: (rows) => sum(numbers(rows, "Found")) / sum(numbers(rows, "Expected")),
  gaps: (rows) => sum(numbers(rows, "Gaps")),
  restated: (rows) => sum(numbers(rows, "Rows restated")),
  duplicates: (rows) => sum(numbers(rows, "Duplicates dropped")),
  "incomplete-sessions": (rows) =>
    rows.filter((row) => row["Expected"] === "" || Number(row["Found"]) < Number(row["Expected"])).length,
  "short-sessions": (rows) => rows.filter((row) => Number(row["Found"]) < Number(row["Expected"])).length,
  "last-start": (rows) => last(rows, "Price"),
  starts: (rows) => rows.length,
  "charted-starts": (rows) => rows.length,
  lag: (rows) => median(numbers(rows, "Delay"))!,
  gone: (rows) =>
    median(rows, (row) => (row["Start"] === "up" ? 1 : -1) * (Number(row["Close then"]) / Number(row["Price"]) - 1))!,
  "pending-up": (rows) => Number(rows[0]!["Low"]),
  "pending-down": (rows) => Number(rows[0]!["High"]),
  "close-to-close": (rows) => deviation(moves(rows), ({o, c}) => o + c)!,
  parkinson: (rows) => Math.sqrt(mean(moves(rows), ({h, l}) => (h - l) ** 2)! / Math.log(16)),
  "garman-klass": (rows) =>
    Math.sqrt(mean(moves(rows), ({h, l, c}) => 0.5 * (h - l) ** 2 - (Math.log(4) - 1) * c * c)!),
  "rogers-satchell": rogersSatchell,
  "yang-zhang": yangZhang,
  rolling: yangZhang, // the estimator that a page begins with
  clustering: (rows) => correlation(numbers(rows, "Size"), numbers(rows, "Size later")),
  horizon: overHorizon,
  sampling: (rows) => Math.hypot(...numbers(rows, Object.keys(rows[0]!)[1]!)) / Math.sqrt(rows.length),
  "movement-by-hour": (rows) => ofFirstPart(rows, "Share over even share"),
  "volume-by-part": (rows) => ofFirstPart(rows, "Share over even share"),
  "range-by-part": (rows) => ofFirstPart(rows, "Range"),
  "gaps-filled": (rows) => share(rows, (row) => row["Filled"] === "yes"),
  "range-kept": (rows) => 1 - share(rows, isLeft),
  "both-sides": (rows) => share(rows.filter(isLeft), (row) => row["Other side too"] === "yes"),
  "closed-beyond": (rows) => mean(numbers(rows, "To the close"), (move) => (move > 0 ? 1 : 0))!,
  "break-move": (rows) => mean(numbers(rows, "To the close"))!
};
