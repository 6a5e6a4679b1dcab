import {assertPeriod, type Indicator} from "./indicator.js";
import {createSmoothing} from "./smoothing.js";
import {runValues, streamValues, type ValueKernel} from "./value-kernel.js";

/** How fast an exponential average forgets, stated as a span of values. */
export interface EmaOptions {
  /** Values the average is said to span; its weight is 2 / (period + 1). Default 20. */
  readonly period?: number;
}

/**
 * Exponential moving average (EMA): each value moves it by 2 / (period + 1) of the distance.
 *
 * @param values any numbers, oldest first; leading NaN are passed over, as another indicator's warm-up
 * @returns as many results as values, in their unit; the first *period* − 1 are NaN
 * @throws {RangeError} if the period is not a positive whole number, or a value is missing or infinite
 * @example ema([1, 2, 3, 4], {period: 2}) // [NaN, 1.5, 2.5, 3.5]
 *
 * Seeded with the simple average of the first *period* values, as TA-Lib, Lean and Stock.Indicators do;
 * NautilusTrader and pandas start from the first value, and agree only after some multiples of the period.
 * Source: R. G. Brown, Smoothing, Forecasting and Prediction of Discrete Time Series, 1963, p. 101.
 */
export function ema(values: ArrayLike<number>, options?: EmaOptions): Float64Array {
  return runValues(createEmaKernel(options), values, {keepsFaults: true});
}

/** `ema` a value at a time. */
export function createEma(options?: EmaOptions): Indicator<number> {
  return streamValues(createEmaKernel(options));
}

/** The engine of `ema`, for indicators built upon it, which may keep its state. */
export function createEmaKernel({period = 20}: EmaOptions = {}, state?: Float64Array): ValueKernel {
  assertPeriod(period);
  return createSmoothing(period, emaWeight(period), state);
}

/** The weight of each new value, 2 / (period + 1). */
export function emaWeight(period: number): number {
  return 2 / (period + 1);
}
