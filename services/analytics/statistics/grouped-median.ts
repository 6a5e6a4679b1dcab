/**
 * Median of values that come in groups, for a bootstrap over the groups: sorted once, so that each resample only counts
 * how often its groups were drawn.
 *
 * @param groups values by group; no NaN
 * @returns the median over the groups named by number, as often as they are named: just what `median` gives for their
 * values one after another; NaN for none
 * @example createGroupedMedian([[1, 9], [4]])([0, 1, 1]) // the median of 1, 9, 4, 4
 */
export function createGroupedMedian(groups: readonly (readonly number[])[]): (sample: readonly number[]) => number {
  const entries = groups.flatMap((values, group) => values.map((value) => ({value, group})));
  entries.sort((a, b) => a.value - b.value);
  const sorted = Float64Array.from(entries, ({value}) => value);
  const groupOf = Int32Array.from(entries, ({group}) => group);
  const times = new Int32Array(groups.length);
  return (sample) => {
    times.fill(0);
    let n = 0;
    for (const group of sample) {
      times[group]! += 1;
      n += groups[group]!.length;
    }
    return n === 0 ? NaN : middleOf(sorted, groupOf, times, n);
  };
}

/** The middle value, or half-way between the two in the middle, of values that count as often as their group. */
function middleOf(sorted: Float64Array, groupOf: Int32Array, times: Int32Array, n: number): number {
  const lower = (n - 1) >> 1;
  let i = 0;
  let passed = times[groupOf[0]!]!;
  while (passed <= lower) passed += times[groupOf[++i]!]!;
  const low = sorted[i]!;
  if (n % 2 === 1 || passed > lower + 1) return low;
  do ++i;
  while (times[groupOf[i]!] === 0);
  const high = sorted[i]!;
  return low === high ? low : low + 0.5 * (high - low);
}
