/**
 * Quantile of type 7: straight lines between order statistics, at rank (n − 1)·p.
 *
 * @param values in any order; not changed
 * @param probability in [0, 1]
 * @returns NaN for no values, or if any value is NaN
 * @throws {RangeError} if the probability is outside [0, 1]
 * @example quantile([1, 2, 3, 4], 0.25) // 1.75
 *
 * Source: Hyndman & Fan, Sample quantiles in statistical packages, *The American Statistician* 50 (1996), 361–365;
 * the default of R, NumPy and Excel's PERCENTILE.INC, while SAS and SPSS default to others. Found by quickselect.
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  return quantileInPlace(Float64Array.from(values), probability);
}

/**
 * As `quantile`, but reorders *values*: for callers that own a buffer.
 *
 * @throws {RangeError} if the probability is outside [0, 1]
 */
export function quantileInPlace(values: Float64Array, probability: number): number {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`invalid probability: ${probability}`);
  if (values.length === 0 || values.some(Number.isNaN)) return NaN;
  const rank = (values.length - 1) * probability;
  const lower = Math.floor(rank);
  const low = selectInPlace(values, lower);
  if (rank === lower) return low;
  let high = Infinity;
  for (let i = lower + 1; i < values.length; ++i) high = Math.min(high, values[i]!);
  return low === high ? low : low + (rank - lower) * (high - low);
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/**
 * Selection: puts the k-th smallest (from 0) at k, with none larger before it and none smaller after.
 *
 * @param values reordered; no NaN
 * @param k whole, 0 … n − 1
 * @returns the k-th smallest
 *
 * Source: Hoare, Algorithm 65: Find, *Communications of the ACM* 4 (1961); the pivot is a median of three.
 */
export function selectInPlace(values: Float64Array, k: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = middleOf(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) ++i;
      while (values[j]! > pivot) --j;
      if (i > j) break;
      const held = values[i]!;
      values[i++] = values[j]!;
      values[j--] = held;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k]!;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
