import {deviation, mean, moments, shape} from "../statistics/moments.js";
import {normalCdf, normalQuantile} from "../statistics/normal.js";

/** What a return is measured against, and over what period. */
export interface RatioOptions {
  /** Per-period return that counts as nothing: risk-free for Sharpe, the target for Sortino. */
  readonly target?: number; // 0
  /** 252 for days, 52 for weeks; 1 leaves the ratio per period. */
  readonly periodsPerYear?: number; // 1
}

/**
 * Sharpe ratio: mean excess return over its sample deviation, times √periods.
 *
 * @param returns per period, as fractions, all finite
 * @returns NaN for fewer than two returns or returns that do not vary
 *
 * Source: Sharpe, The Sharpe ratio, *Journal of Portfolio Management* 21 (1994), 49–58.
 */
export function sharpeRatio(returns: ArrayLike<number>, {target = 0, periodsPerYear = 1}: RatioOptions = {}): number {
  const spread = deviation(returns);
  return spread > 0 ? ((mean(returns) - target) / spread) * Math.sqrt(periodsPerYear) : NaN;
}

/**
 * Sortino ratio: mean excess return over the downside deviation, which divides by all n and not only by the losses.
 *
 * @param returns per period, as fractions, all finite
 * @returns NaN for no returns, or none below the target: there is no downside to divide by
 *
 * Source: Sortino & Price, *Journal of Investing* 3 (1994), 59–64.
 */
export function sortinoRatio(returns: ArrayLike<number>, {target = 0, periodsPerYear = 1}: RatioOptions = {}): number {
  const spread = downsideDeviation(returns, {target});
  return spread > 0 ? ((mean(returns) - target) / spread) * Math.sqrt(periodsPerYear) : NaN;
}

/** Downside deviation: root mean square of what falls short of the target, over all n, times √periods. */
export function downsideDeviation(
  returns: ArrayLike<number>,
  {target = 0, periodsPerYear = 1}: RatioOptions = {}
): number {
  const shortfalls = Float64Array.from(returns, (value) => Math.min(0, value - target) ** 2);
  return Math.sqrt(mean(shortfalls) * periodsPerYear);
}

/** What the probabilistic Sharpe ratio needs to know of a track record; all per period, not annualised. */
export interface TrackRecord {
  readonly n: number;
  readonly sharpe: number;
  readonly skewness: number;
  /** 3 for normal returns. */
  readonly kurtosis: number;
}

/** The track record of a series of returns. */
export function trackRecord(returns: ArrayLike<number>): TrackRecord {
  return {n: moments(returns).n, sharpe: sharpeRatio(returns), ...shape(returns)};
}

/**
 * Probabilistic Sharpe ratio: the confidence that the true Sharpe ratio exceeds a benchmark, given length, skewness and
 * kurtosis.
 *
 * @param benchmark per period
 * @returns in [0, 1], NaN for fewer than two returns
 * @example probabilisticSharpe({n: 24, sharpe: 0.458, skewness: -2.448, kurtosis: 10.164}) // 0.913
 *
 * Source: Bailey & López de Prado, The Sharpe ratio efficient frontier, *Journal of Risk* 15 (2012), equation 11.
 */
export function probabilisticSharpe(record: TrackRecord, benchmark = 0): number {
  return normalCdf((record.sharpe - benchmark) / sharpeError(record));
}

/** Standard error of a Sharpe ratio whose returns are not normal (Mertens, 2002; n − 1 as Bailey & López de Prado). */
function sharpeError(record: TrackRecord): number {
  return Math.sqrt(sharpeVariance(record) / (record.n - 1));
}

/**
 * Minimum track record length: how many returns it takes to be *confidence* sure that the true ratio exceeds a
 * benchmark.
 *
 * @returns in periods; Infinity if the observed ratio does not exceed the benchmark: no length would do
 *
 * Source: Bailey & López de Prado (2012), equation 12.
 */
export function minimumTrackRecord(record: Omit<TrackRecord, "n">, benchmark = 0, confidence = 0.95): number {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`invalid confidence: ${confidence}`);
  if (record.sharpe <= benchmark) return Infinity;
  return 1 + sharpeVariance(record) * (normalQuantile(confidence) / (record.sharpe - benchmark)) ** 2;
}

/**
 * Deflated Sharpe ratio: the probabilistic ratio against what the best of several trials would show by luck alone.
 *
 * @param trials how many were tried, ≥ 2; independent ones
 * @param trialVariance variance of the trials' Sharpe ratios, per period
 * @throws {RangeError} if trials or their variance make no sense
 *
 * Source: Bailey & López de Prado, The deflated Sharpe ratio, *Journal of Portfolio Management* 40 (2014), 94–107.
 */
export function deflatedSharpe(record: TrackRecord, trials: number, trialVariance: number): number {
  return probabilisticSharpe(record, luckySharpe(trials, trialVariance));
}

/** The Sharpe ratio that the best of *trials* worthless strategies is expected to show, per period. */
export function luckySharpe(trials: number, trialVariance: number): number {
  if (!(trials >= 2)) throw new RangeError(`invalid number of trials: ${trials}`);
  if (!(trialVariance >= 0)) throw new RangeError(`invalid variance of trials: ${trialVariance}`);
  const eulerMascheroni = 0.5772156649015329;
  const expectedMaximum =
    (1 - eulerMascheroni) * normalQuantile(1 - 1 / trials) +
    eulerMascheroni * normalQuantile(1 - 1 / (trials * Math.E));
  return Math.sqrt(trialVariance) * expectedMaximum;
}

function sharpeVariance({sharpe, skewness, kurtosis}: Omit<TrackRecord, "n">): number {
  return 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
}
