import {assertPeriod, type Indicator} from "./indicator.js";
import {runValues, streamValues, type ValueKernel} from "./value-kernel.js";

/** How far the RSI looks back, in changes from value to value. */
export interface RsiOptions {
  /** Changes in Wilder's average; default 14. */
  readonly period?: number;
}

/**
 * Relative strength index (RSI): average gain over average gain plus average loss, × 100.
 *
 * @param values prices, oldest first; leading NaN are passed over
 * @returns as many results as values, each in [0, 100]; the first *period* are NaN, since a change needs two values
 * @throws {RangeError} if the period is not a positive whole number, or a value is missing or infinite
 * @example rsi([1, 2, 1, 3], {period: 2}) // [NaN, NaN, 50, 83.33…]
 *
 * Averages are Wilder's, seeded with the simple mean of the first *period* changes. Where nothing moved at all the
 * ratio is 0 / 0, and the result 50, so that mirrored prices give the mirrored index; TA-Lib says 0 there,
 * Stock.Indicators 100.
 * Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978, p. 63.
 */
export function rsi(values: ArrayLike<number>, options?: RsiOptions): Float64Array {
  return runValues(createRsiKernel(options), values);
}

/** `rsi` a value at a time. */
export function createRsi(options?: RsiOptions): Indicator<number> {
  return streamValues(createRsiKernel(options));
}

/** The engine of `rsi`, for indicators built upon it. */
export function createRsiKernel({period = 14}: RsiOptions = {}): ValueKernel {
  assertPeriod(period);
  const weight = 1 / period;
  let seen = -1; // changes so far
  let last = 0;
  let averageGain = 0;
  let averageLoss = 0;
  return (values, out) => {
    let i = 0;
    let previous = last;
    let gain = averageGain;
    let loss = averageLoss;
    for (; i < values.length && seen < period; ++i) {
      const change = seen < 0 ? 0 : values[i]! - previous;
      previous = values[i]!;
      gain += Math.max(change, 0);
      loss += Math.max(-change, 0);
      if (++seen === period) {
        gain /= period;
        loss /= period;
      }
      out[i] = seen === period ? strength(gain, loss) : NaN;
    }
    for (; i < values.length; ++i) {
      const change = values[i]! - previous;
      previous = values[i]!;
      const size = Math.abs(change);
      gain += weight * ((size + change) / 2 - gain); // (|x| + x) / 2 is max(x, 0) without a branch
      loss += weight * ((size - change) / 2 - loss);
      out[i] = strength(gain, loss);
    }
    last = previous;
    averageGain = gain;
    averageLoss = loss;
  };
}

function strength(gain: number, loss: number): number {
  const sum = gain + loss;
  return sum > 0 ? (100 * gain) / sum : 50;
}
