/**
 * Drawdown: how far equity stands below its running peak, as a fraction of the peak.
 *
 * @param equity account value per bar or close, oldest first, in any one currency; all > 0
 * @returns an array as long as *equity*, each in (−1, 0]; −0.25 is 25 % under the peak
 * @throws {RangeError} if any equity is not positive
 * @example drawdown([100, 80, 120, 90]) // [0, −0.2, 0, −0.25]
 */
export function drawdown(equity: ArrayLike<number>): Float64Array {
  let peak = 0;
  return Float64Array.from(equity, (value, i) => {
    if (!(value > 0 && value < Infinity)) throw new RangeError(`equity not positive at ${i}: ${value}`);
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}

/** One stay below a peak, by row of the series it was found in. */
export interface DrawdownSpell {
  /** The row of the peak. */
  readonly start: number;
  readonly trough: number;
  /** The first row at or above the peak again; `undefined` while it is still below. */
  readonly recovery: number | undefined;
  /** Fraction below the peak at the trough, in (−1, 0). */
  readonly depth: number;
}

/**
 * Worst drawdowns: the deepest stays below a peak, deepest first, earlier first among equals.
 *
 * @param equity as `drawdown`
 * @throws {RangeError} if any equity is not positive
 * @example worstDrawdowns([100, 80, 120, 90]) // −0.25 from row 2, not recovered; −0.2 from row 0, recovered at 2
 */
export function worstDrawdowns(equity: ArrayLike<number>, {count = 5} = {}): DrawdownSpell[] {
  return drawdownSpells(drawdown(equity))
    .sort((a, b) => a.depth - b.depth || a.start - b.start)
    .slice(0, count);
}

/** All stays below a peak, oldest first, from the fractions that `drawdown` gives. */
export function drawdownSpells(depths: ArrayLike<number>): DrawdownSpell[] {
  const spells: DrawdownSpell[] = [];
  let start = 0;
  let trough = 0;
  for (let i = 0; i <= depths.length; ++i) {
    const isOver = i === depths.length || depths[i] === 0;
    if (isOver && trough > start)
      spells.push({start, trough, recovery: i < depths.length ? i : undefined, depth: depths[trough]!});
    if (isOver) start = trough = i;
    else if (trough === start || depths[i]! < depths[trough]!) trough = i;
  }
  return spells;
}
