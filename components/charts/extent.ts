/**
 * Lowest and highest of all values with a little room around them; [0, 1] where there is none. NaN is passed over.
 *
 * @param room left on either side, as a share of the range; values that are all one always get some
 */
export function extent(columns: readonly ArrayLike<number>[], room = 0.05): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns) {
    for (let i = 0; i < column.length; ++i) {
      const value = column[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(low <= high)) return [0, 1];
  const pad = low < high ? (high - low) * room : (Math.abs(high) || 1) * 0.05;
  return [low - pad, high + pad];
}
