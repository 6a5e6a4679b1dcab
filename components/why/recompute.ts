import type {WhyRow} from "./why.js";

/** The values of a column, rows without one left out. */
export function valuesOf(rows: readonly WhyRow[], name: string): number[] {
  return rows.map((row) => row[name]).filter((value) => typeof value === "number");
}

/** Sum of values; 0 of none. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Mean of values; `undefined` of none. */
export function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : sumOf(values) / values.length;
}

/** Mean over sample deviation; `undefined` for fewer than two values. */
export function meanOverDeviation(values: readonly number[]): number | undefined {
  const mean = meanOf(values);
  if (mean === undefined || values.length < 2) return undefined;
  const squares = sumOf(values.map((value) => (value - mean) ** 2));
  return mean / Math.sqrt(squares / (values.length - 1));
}

/** The middle of values, or the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.slice().sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** The most rows one after another that pass. */
export function longestRun(rows: readonly WhyRow[], test: (row: WhyRow) => boolean): number {
  let [longest, run] = [0, 0];
  for (const row of rows) {
    run = test(row) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Pearson correlation of two columns of one length; `undefined` of fewer than two rows. */
export function correlationOf(xs: readonly number[], ys: readonly number[]): number | undefined {
  const [meanX, meanY] = [meanOf(xs), meanOf(ys)];
  if (meanX === undefined || meanY === undefined || xs.length < 2) return undefined;
  const product = (a: readonly number[], mean: number, b: readonly number[], other: number) =>
    sumOf(a.map((value, i) => (value - mean) * (b[i]! - other)));
  return product(xs, meanX, ys, meanY) / Math.sqrt(product(xs, meanX, xs, meanX) * product(ys, meanY, ys, meanY));
}
