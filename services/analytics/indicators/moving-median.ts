/** A sliding window that knows its median: the middle value, or the mean of the two in the middle. */
export interface MovingMedian {
  /** The median of the last *size* values, NaN before there are so many. */
  readonly median: number;
  add(value: number): void;
}

/** A sliding window over the last *size* values, kept in order by insertion. */
export function createMovingMedian(size: number): MovingMedian {
  const recent: number[] = []; // as they came, in a ring
  const sorted: number[] = [];
  let next = 0;
  return {
    get median() {
      if (sorted.length < size) return NaN;
      return (sorted[(size - 1) >> 1]! + sorted[size >> 1]!) / 2;
    },
    add(value) {
      const oldest = recent[next];
      if (oldest !== undefined) sorted.splice(rankOf(sorted, oldest), 1);
      sorted.splice(rankOf(sorted, value), 0, value);
      recent[next] = value;
      next = (next + 1) % size;
    }
  };
}

/** How many of the sorted values are below *value*. */
function rankOf(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
