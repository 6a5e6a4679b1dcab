import {type Bar, type BarSeries, sliceBars} from "../../domain/bar.js";
import {type BarKernel, runBars, streamBars} from "./bar-kernel.js";
import {assertPeriod, type Indicator} from "./indicator.js";
import {AVERAGE, createSmoothing, createSmoothingState} from "./smoothing.js";
import {createTrueRangeKernel} from "./true-range.js";
import {afterWarmup} from "./value-kernel.js";

/** How far the average true range looks back, in bars. */
export interface AtrOptions {
  /** True ranges in Wilder's average; default 14. */
  readonly period?: number;
}

/**
 * Average true range (ATR): Wilder's average of the true range, the usual measure of a bar's travel.
 *
 * @param bars oldest first
 * @returns as many results as bars, in price; the first *period* are NaN, since a true range needs a last close
 * @throws {RangeError} if the period is not a positive whole number, or a bar's prices make no sense
 * @example bars of high 3, low 1, close 2 for ever // [NaN × 14, 2, 2, …]
 *
 * Seeded with the simple mean of the first *period* true ranges, as Wilder and TA-Lib do; the first bar has none.
 * Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978, p. 21.
 */
export function atr(bars: BarSeries, options?: AtrOptions): Float64Array {
  return runBars(createAtrKernel(options), bars);
}

/** `atr` a bar at a time. */
export function createAtr(options?: AtrOptions): Indicator<Bar> {
  return streamBars(createAtrKernel(options));
}

/** The engine of `atr`, for indicators built upon it. */
export function createAtrKernel({period = 14}: AtrOptions = {}): BarKernel {
  assertPeriod(period);
  const state = createSmoothingState();
  const trueRange = createTrueRangeKernel();
  const average = afterWarmup(createSmoothing(period, 1 / period, state));
  let cold = period + 1; // bars before the average is warm, the first of which has no range
  let lastClose = NaN;

  return (bars, out) => {
    const {length, close} = bars;
    const first = Math.min(cold, length);
    if (first > 0) {
      trueRange(sliceBars(bars, 0, first), out);
      average(out.subarray(0, first), out.subarray(0, first));
    }
    if (first < length) smoothRanges(bars, out, first, first > 0 ? close[first - 1]! : lastClose, state, 1 / period);
    cold -= first;
    if (length > 0) lastClose = close[length - 1]!;
  };
}

/** Ranges and their average in one loop, since the average waits for its own last value and so leaves time for them. */
function smoothRanges(
  {length, high, low, close}: BarSeries,
  out: Float64Array,
  first: number,
  lastClose: number,
  state: Float64Array,
  weight: number
): void {
  let average = state[AVERAGE]!;
  let previous = lastClose;
  for (let i = first; i < length; ++i) {
    const range = Math.max(high[i]!, previous) - Math.min(low[i]!, previous);
    average += weight * (range - average);
    out[i] = average;
    previous = close[i]!;
  }
  state[AVERAGE] = average;
}
