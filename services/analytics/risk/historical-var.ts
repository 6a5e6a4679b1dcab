import type {Estimate} from "../../domain/estimate.js";
import {type BootstrapOptions, blockBootstrapInterval} from "../statistics/bootstrap.js";
import {estimateWith, refuseSmall} from "../statistics/estimates.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import {quantile, quantileInPlace, selectInPlace} from "../statistics/quantile.js";

/** How far into the tail, and how to draw. */
export interface TailOptions extends BootstrapOptions {
  /** Share of periods that a loss beyond the figure is not expected in. */
  readonly confidence?: number; // 0.95
  /** Periods a block of the bootstrap; n^(1/3) rounded up unless given. */
  readonly blockLength?: number;
}

/**
 * Historical value at risk: the loss that returns exceeded in a share 1 − confidence of past periods.
 *
 * @param returns one per period of the horizon (days for a one-day VaR), oldest first, as fractions or as money
 * @returns a loss, positive, in the unit of the returns, with an interval by circular block bootstrap; refused unless 5
 *   losses are expected beyond it: 100 returns at 95 %, 500 at 99 %
 * @throws {RangeError} if a return is not finite or the confidence is outside [0.5, 1)
 *
 * Source: quantile of type 7 at 1 − confidence (Hyndman & Fan, 1996); other libraries take the lower order statistic.
 */
export function historicalVar(returns: ArrayLike<number>, options: TailOptions = {}): Estimate {
  return tailEstimate(returns, options, (sample, tail) => -quantileInPlace(sample, tail));
}

/**
 * Historical expected shortfall: the mean loss of the worst share 1 − confidence of past periods.
 *
 * @param returns as `historicalVar`
 * @returns a loss, positive, never below the value at risk; refused as it
 * @throws {RangeError} as `historicalVar`
 *
 * Source: Acerbi & Tasche, On the coherence of expected shortfall, *Journal of Banking & Finance* 26 (2002), 1487–1503,
 * which takes a part of the return on the edge; other libraries average what lies beyond the value at risk.
 */
export function expectedShortfall(returns: ArrayLike<number>, options: TailOptions = {}): Estimate {
  return tailEstimate(returns, options, shortfallOf);
}

/** The fewest returns for a confidence: 100 at 0.95, 500 at 0.99. */
export function minimumReturns(confidence: number): number {
  return Math.ceil(minimumSample.tailLosses / (1 - confidence) - 1e-6);
}

/** The plain figure without interval or minimum, for a rolling run. */
export function varOf(returns: ArrayLike<number>, confidence: number): number {
  return -quantile(returns, 1 - confidence);
}

/** The worst n·tail returns, the last of them in part, so that equal returns count by their share of the tail. */
function shortfallOf(sample: Float64Array, tail: number): number {
  const worst = sample.length * tail;
  const whole = Math.min(Math.floor(worst), sample.length - 1);
  const edge = selectInPlace(sample, whole);
  let sum = (worst - whole) * edge;
  for (let i = 0; i < whole; ++i) sum += sample[i]!;
  return -sum / worst;
}

function tailEstimate(
  returns: ArrayLike<number>,
  {confidence = 0.95, ...options}: TailOptions,
  statistic: (sample: Float64Array, tail: number) => number
): Estimate {
  assertReturns(returns, confidence);
  const n = returns.length;
  const minimum = minimumReturns(confidence);
  if (n < minimum) return refuseSmall(n, minimum, `returns for ${Math.round(1000 * confidence) / 10} %`);
  const tail = 1 - confidence;
  const interval = blockBootstrapInterval(returns, (sample) => statistic(sample, tail), options);
  const value = statistic(Float64Array.from(returns), tail);
  return estimateWith(value === 0 ? 0 : value, n, interval, "circular block bootstrap");
}

/** The check at the door of what takes returns. @throws {RangeError} naming the row or the confidence */
export function assertReturns(returns: ArrayLike<number>, confidence: number): void {
  if (!(confidence >= 0.5 && confidence < 1)) throw new RangeError(`invalid confidence: ${confidence}`);
  for (let i = 0; i < returns.length; ++i)
    if (!Number.isFinite(returns[i])) throw new RangeError(`invalid return at ${i}: ${returns[i]}`);
}
