/** Rows of two series in a new order: a row of the first as its index, one of the second as −1 − its index. */
export interface MergedRows {
  readonly rows: Float64Array;
  readonly length: number;
}

type Columns<Name extends string> = Readonly<Record<Name, Float64Array>>;

/**
 * Fills *target* with rows of two series. A run of rows that follow one another is copied as a whole.
 *
 * @param names the columns, which all three have
 */
export function gatherRows<Name extends string>(
  target: Columns<Name>,
  names: readonly Name[],
  [first, second]: readonly [Columns<Name>, Columns<Name>],
  {rows, length}: MergedRows
): void {
  for (let start = 0, end = 0; start < length; start = end) {
    const row = rows[start]!;
    const step = row >= 0 ? 1 : -1;
    for (end = start + 1; end < length && rows[end] === rows[end - 1]! + step; ) ++end;
    const [source, from] = row >= 0 ? [first, row] : [second, -1 - row];
    for (const name of names) target[name].set(source[name].subarray(from, from + end - start), start);
  }
}
