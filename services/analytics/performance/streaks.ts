/** A run of results of one sign, by position in order of closing; zeros end a run and make none. */
export interface Streak {
  readonly sign: 1 | -1;
  readonly start: number;
  readonly length: number;
  /** Sum of the results, in their unit. */
  readonly sum: number;
}

/**
 * Streaks of wins and losses, in the order given, which is that of closing.
 *
 * @param results net per round trip
 * @param signOf what counts as won (1), lost (−1) or neither (0)
 * @example streaks([5, 3, −1, 0, −2]) // +2 (8), −1 (−1), −1 (−2)
 */
export function streaks(results: ArrayLike<number>, signOf: (result: number) => number = Math.sign): Streak[] {
  const found: Streak[] = [];
  for (let i = 0; i < results.length; ++i) {
    const sign = signOf(results[i]!);
    const last = found.at(-1);
    if (last && last.sign === sign && last.start + last.length === i)
      found[found.length - 1] = {...last, length: last.length + 1, sum: last.sum + results[i]!};
    else if (sign === 1 || sign === -1) found.push({sign, start: i, length: 1, sum: results[i]!});
  }
  return found;
}

/** The longest streak of a sign, the first among equals; `undefined` where there is none. */
export function longestStreak(found: readonly Streak[], sign: 1 | -1): Streak | undefined {
  return firstBest(found, sign, ({length}) => length);
}

/** The streak of a sign that moved most, the first among equals. */
export function largestStreak(found: readonly Streak[], sign: 1 | -1): Streak | undefined {
  return firstBest(found, sign, ({sum}) => Math.abs(sum));
}

function firstBest(found: readonly Streak[], sign: 1 | -1, score: (streak: Streak) => number): Streak | undefined {
  return found.reduce<Streak | undefined>(
    (best, streak) => (streak.sign === sign && (!best || score(streak) > score(best)) ? streak : best),
    undefined
  );
}
