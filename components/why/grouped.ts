import {op, table} from "npm:arquero";
import type {WhyRow} from "./why.js";

/** What the rows with one value of a column come to. */
export interface GroupMean {
  readonly group: WhyRow[string];
  /** Rows that have a number. */
  readonly n: number;
  readonly mean: number;
}

/** Means of *column* by the values of *by*, in order of first appearance; rows without a number are left out. */
export function meansBy(rows: readonly WhyRow[], by: string, column: string): GroupMean[] {
  if (rows.length === 0) return [];
  return table({group: rows.map((row) => row[by]), value: rows.map((row) => row[column])})
    .groupby("group")
    .rollup({n: op.valid("value"), mean: op.mean("value")})
    .objects() as GroupMean[];
}

/** The highest of those means, of groups with at least *least* numbers; `undefined` where there is none. */
export function highestMean(
  rows: readonly WhyRow[],
  {by, column, least}: {readonly by: string; readonly column: string; readonly least: number}
): number | undefined {
  const means = meansBy(rows, by, column).filter(({n}) => n >= least);
  return means.length === 0 ? undefined : Math.max(...means.map(({mean}) => mean));
}
