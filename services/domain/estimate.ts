/** How far the evidence for an effect goes, after false-discovery control across its page. */
export type EvidenceGrade = "none" | "weak" | "moderate" | "strong";

/**
 * A number with its evidence. `value` is `undefined` when it cannot be had, and `reason` says why: too few
 * observations, no losses, no stop. The interval is at `level` confidence, by the method named.
 */
export interface Estimate {
  readonly value: number | undefined;
  /** Observations behind the value. */
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
  /** Confidence of the interval, as 0.95. */
  readonly level?: number;
  /** How the interval was made, as `bootstrap by session, 2000 draws`. */
  readonly method?: string;
  /** Two-sided p of the test of no effect, where there is one. */
  readonly p?: number;
  readonly reason?: string;
}
