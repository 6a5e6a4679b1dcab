import {assertPeriod, type Indicator} from "./indicator.js";
import {createMovingWindow} from "./moving-window.js";
import {runValues, streamValues, type ValueKernel} from "./value-kernel.js";

/** How far a simple average looks back, in values. */
export interface SmaOptions {
  /** Values in the average; default 20. */
  readonly period?: number;
}

/**
 * Simple moving average (SMA): the mean of the last *period* values.
 *
 * @param values any numbers, oldest first; leading NaN are passed over, as another indicator's warm-up
 * @returns as many results as values, in their unit; the first *period* − 1 are NaN
 * @throws {RangeError} if the period is not a positive whole number, or a value is missing or infinite
 * @example sma([1, 2, 3, 4], {period: 2}) // [NaN, 1.5, 2.5, 3.5]
 *
 * The sum does not drift on long series: see `createSmaKernel`.
 */
export function sma(values: ArrayLike<number>, options?: SmaOptions): Float64Array {
  return runValues(createSmaKernel(options), values, {keepsFaults: true});
}

/** `sma` a value at a time: `next(value)` answers with the average of the last *period* values. */
export function createSma(options?: SmaOptions): Indicator<number> {
  return streamValues(createSmaKernel(options));
}

/**
 * The engine of `sma`, for indicators built upon it.
 *
 * The sum is carried from value to value: add the new, subtract the old. What is usually wrong with that is that
 * rounding errors stay in the sum for ever. Here it is added up afresh every sixteenth window, and at once when it leaves
 * the range of 1/64 to 2 times what it was then, as after prices that were far larger. So a sum of values of one sign
 * is right to *period* × 5e−13 of itself at worst, usually to 1e−15, however long the series and whatever came before.
 * A value that is NaN or infinite is the exception: no sum can be carried on to it, and all averages from it on are NaN.
 */
export function createSmaKernel({period = 20}: SmaOptions = {}): ValueKernel {
  assertPeriod(period);
  const state = new Float64Array(4); // the sum; middle and radius of the range in which it may be carried; NaN after a fault
  const window = createMovingWindow(period, {
    windows: 16,
    begin(values, start, out, i) {
      let sum = 0;
      let fault = state[3]!;
      for (let k = start; k < start + period; ++k) {
        sum += values[k]!;
        fault += 0 * values[k]!;
      }
      sum += fault;
      state[3] = fault;
      out[0]![i] = sum / period;
      state[0] = sum;
      state[1] = ((LARGEST + SMALLEST) / 2) * sum;
      state[2] = ((LARGEST - SMALLEST) / 2) * Math.abs(sum);
    },
    slide: (older, newer, out, from, to) => slideSum(state, period, older, newer, out[0]!, from, to)
  });
  return (values, out) => window(values, [out]);
}

const SMALLEST = 1 / 64;
const LARGEST = 2;

/** Four rows a turn, since the loop's own cost is otherwise as much as the work; in locals, so that it stays in registers. */
function slideSum(
  state: Float64Array,
  period: number,
  older: Float64Array,
  newer: Float64Array,
  out: Float64Array,
  from: number,
  to: number
): number {
  const middle = state[1]!;
  const radius = state[2]!;
  let sum = state[0]!;
  let i = from;
  for (; i < to - 3; i += 4) {
    const a = sum + (newer[i]! - older[i]!);
    const b = a + (newer[i + 1]! - older[i + 1]!);
    const c = b + (newer[i + 2]! - older[i + 2]!);
    const d = c + (newer[i + 3]! - older[i + 3]!);
    const astray = Math.abs(a - middle) + Math.abs(b - middle) + (Math.abs(c - middle) + Math.abs(d - middle));
    if (!(astray <= radius)) break; // one question for four; the loop below asks for each
    out[i] = a / period;
    out[i + 1] = b / period;
    out[i + 2] = c / period;
    out[i + 3] = d / period;
    sum = d;
  }
  for (; i < to; ++i) {
    const next = sum + (newer[i]! - older[i]!);
    if (!(Math.abs(next - middle) <= radius)) break;
    out[i] = next / period;
    sum = next;
  }
  state[0] = sum;
  return i;
}
