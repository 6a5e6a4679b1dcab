/** Columns that a statistic writes, one result each per value. */
export type WindowColumns = readonly Float64Array[];

/** A statistic of the last *period* values that can be carried from one value to the next. */
export interface MovingStatistic {
  /** After how many windows it is worked out afresh, so that rounding does not add up. */
  readonly windows: number;
  /** Works row *i* out afresh, from the window that begins at *start* of *values*. */
  begin(values: Float64Array, start: number, out: WindowColumns, i: number): void;
  /**
   * Writes the rows *from* ≤ i < *to*, where `newer[i]` comes into the window and `older[i]` leaves it.
   *
   * @returns the first row it did not write, because what is carried would have lost too many digits; else *to*
   */
  slide(older: Float64Array, newer: Float64Array, out: WindowColumns, from: number, to: number): number;
}

/**
 * Moving window: runs a statistic over the last *period* values, NaN before there are so many.
 *
 * The statistic is carried along, worked out afresh every few windows, and whenever it asks for that. Which rows are
 * worked out afresh depends on the values up to them alone, so that reading on in pieces gives the same results bit
 * for bit. A column to be written may be the one that is read.
 */
export function createMovingWindow(
  period: number,
  {windows, begin, slide}: MovingStatistic
): (values: Float64Array, out: WindowColumns) => void {
  const ring = new Float64Array(period); // the last values read, the oldest in slot `next`
  const older = new Float64Array(period); // those of them that leave the window now, oldest first
  let next = 0;
  let seen = 0;
  let left = 0; // rows to go before the window is worked out afresh
  const stretch = period === 1 ? 1 : windows * period; // of one value there is nothing to carry

  function beginAt(values: Float64Array, out: WindowColumns, i: number): void {
    if (i >= period - 1) {
      begin(values, i - period + 1, out, i);
      return;
    }
    const window = new Float64Array(period);
    for (let k = i + 1; k < period; ++k) window[k - i - 1] = ring[(next + k) % period]!;
    window.set(values.subarray(0, i + 1), period - i - 1);
    begin(window, 0, out, i);
  }

  function remember(values: Float64Array, count: number): void {
    for (let i = values.length - count; i < values.length; ++i) {
      ring[next] = values[i]!;
      next = next + 1 === period ? 0 : next + 1;
    }
    seen = Math.min(period, seen + values.length);
  }

  return (input, out) => {
    const {length} = input;
    const values = out.some((column) => column.buffer === input.buffer) ? input.slice() : input;
    const count = Math.min(length, period);
    for (let k = 0; k < count; ++k) older[k] = ring[(next + k) % period]!;
    const newer = length > period ? values.subarray(period) : values;
    const tails = length > period ? out.map((column) => column.subarray(period)) : out;
    let i = Math.min(length, Math.max(0, period - 1 - seen));
    for (const column of out) column.fill(NaN, 0, i);
    while (i < length) {
      if (left === 0) {
        beginAt(values, out, i++);
        left = stretch - 1;
        continue;
      }
      const end = Math.min(length, i + left, i < period ? period : length);
      const done =
        i < period ? slide(older, values, out, i, end) : period + slide(values, newer, tails, i - period, end - period);
      left = done < end ? 0 : left - (end - i);
      i = done;
    }
    remember(values, count);
  };
}
