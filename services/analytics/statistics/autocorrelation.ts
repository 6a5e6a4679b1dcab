import type {Estimate} from "../../domain/estimate.js";
import {type BootstrapOptions, blockBootstrapInterval} from "./bootstrap.js";
import {estimateWith, refuseSmall} from "./estimates.js";
import {minimumSample} from "./minimum-sample.js";
import {createRandom} from "./random.js";

/**
 * Autocorrelation: the correlation of each value with the one *lag* places later.
 *
 * @param values in order of time
 * @returns in [−1, 1]; NaN where the values do not vary or there are fewer than two pairs
 * @throws {RangeError} if the lag is not a whole number of at least 1
 * @example autocorrelation([1, 2, 3, 4], 1) // 1
 *
 * The correlation of pairs, each side with its own mean, not the textbook estimator that divides by all n: blocks of
 * pairs can then be drawn anew.
 */
export function autocorrelation(values: ArrayLike<number>, lag: number): number {
  if (!(Number.isInteger(lag) && lag >= 1)) throw new RangeError(`invalid lag: ${lag}`);
  const firsts = Float64Array.from({length: Math.max(0, values.length - lag)}, (_, i) => i);
  return correlationOfPairs(values, lag, firsts);
}

/**
 * Autocorrelation with its evidence: an interval by drawing blocks of pairs, and a p that order means nothing, by
 * shuffling the values.
 *
 * @returns n pairs; refused below 20
 * @throws {RangeError} as `autocorrelation`
 *
 * Source: Künsch, The jackknife and the bootstrap for general stationary observations, *Annals of Statistics* 17 (1989).
 */
export function estimateAutocorrelation(
  values: ArrayLike<number>,
  lag: number,
  options: BootstrapOptions = {}
): Estimate {
  const value = autocorrelation(values, lag);
  const n = values.length - lag;
  if (n < minimumSample.ratio) return refuseSmall(Math.max(0, n), minimumSample.ratio, "pairs");
  const firsts = Float64Array.from({length: n}, (_, i) => i);
  const interval = blockBootstrapInterval(firsts, (sample) => correlationOfPairs(values, lag, sample), options);
  const estimate = estimateWith(value, n, interval, "block bootstrap of pairs");
  return estimate.value === undefined ? estimate : {...estimate, p: shuffledP(values, lag, value, options)};
}

function shuffledP(values: ArrayLike<number>, lag: number, value: number, {draws = 2000, seed = 1}: BootstrapOptions) {
  const random = createRandom(seed);
  const shuffled = Float64Array.from(values);
  let beyond = 0;
  for (let draw = 0; draw < draws; ++draw) {
    for (let i = shuffled.length - 1; i > 0; --i) {
      const j = random.below(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    if (Math.abs(autocorrelation(shuffled, lag)) >= Math.abs(value)) ++beyond;
  }
  return (beyond + 1) / (draws + 1);
}

function correlationOfPairs(values: ArrayLike<number>, lag: number, firsts: Float64Array): number {
  const n = firsts.length;
  let [meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let k = 0; k < n; ++k) {
    const [x, y] = [values[firsts[k]!]!, values[firsts[k]! + lag]!];
    const [dx, dy] = [x - meanX, y - meanY];
    meanX += dx / (k + 1);
    meanY += dy / (k + 1);
    xx += dx * (x - meanX);
    yy += dy * (y - meanY);
    xy += dx * (y - meanY);
  }
  return xx > 0 && yy > 0 && n > 1 ? xy / Math.sqrt(xx * yy) : NaN;
}
