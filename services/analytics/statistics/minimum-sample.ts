/** The fewest observations each kind of statistic is given for. Conventions of ours, but for SQN's 30, in one place. */
export const minimumSample = {
  /** A share with Wilson's interval, which holds for small samples. */
  share: 5,
  /** A mean with its bootstrap interval. */
  mean: 10,
  /** A ratio of two sums or of a mean and a deviation. */
  ratio: 20,
  /** System quality number: Van Tharp's own minimum. */
  sqn: 30,
  /** Sessions (or other independent units) before a bootstrap over them says anything. */
  sessions: 10,
  /** Observations on the smaller side of a comparison. */
  side: 10,
  /** Returns for historical VaR and expected shortfall, as losses expected beyond it: 5 at 95 % are 100 returns. */
  tailLosses: 5,
  /** Out-of-sample days for a coverage test. */
  coverageDays: 100
} as const;
