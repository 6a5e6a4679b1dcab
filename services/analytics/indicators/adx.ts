import type {Bar, BarSeries} from "../../domain/bar.js";
import {type BarColumnsKernel, runBarColumns, streamBarColumns} from "./bar-kernel.js";
import {assertPeriod, type Columns, type Indicator, type Row} from "./indicator.js";
import {createSmoothing} from "./smoothing.js";
import {createTrueRangeKernel} from "./true-range.js";
import {afterWarmup, type ValueKernel} from "./value-kernel.js";

/** How far the averages of the ADX look back, in bars. */
export interface AdxOptions {
  /** Bars in each of Wilder's averages; default 14. */
  readonly period?: number;
}

const names = ["plus", "minus", "adx"] as const;

/** A column of the ADX: +DI, −DI or the index, each in [0, 100]. */
export type AdxLine = (typeof names)[number];

/**
 * Average directional index (ADX) with its directional indicators: how much of the true range was movement up and
 * down, and the average of how one-sided that was.
 *
 * @param bars oldest first
 * @returns columns `plus` (+DI), `minus` (−DI) and `adx`, each as long as the bars and in [0, 100]; the indicators are
 * NaN for the first *period* bars, `adx` for the first 2 × *period* − 1
 * @throws {RangeError} if the period is not a positive whole number, or a bar's prices make no sense
 * @example bars that each gain their whole range: plus 100, minus 0, adx 100
 *
 * All averages are Wilder's, seeded with the simple mean. Where nothing moved the indicators and the index's input are
 * 0, as in Stock.Indicators.
 * Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978, p. 35.
 */
export function adx(bars: BarSeries, options?: AdxOptions): Columns<AdxLine> {
  return runBarColumns(createAdxKernel(options), names, bars);
}

/** `adx` a bar at a time. */
export function createAdx(options?: AdxOptions): Indicator<Bar, Row<AdxLine>> {
  return streamBarColumns(createAdxKernel(options), names);
}

/** The engine of `adx`, for indicators built upon it. */
function createAdxKernel({period = 14}: AdxOptions = {}): BarColumnsKernel<AdxLine> {
  assertPeriod(period);
  const wilder = (): ValueKernel => afterWarmup(createSmoothing(period, 1 / period));
  const trueRange = createTrueRangeKernel();
  const movement = createDirectionalMovement();
  const averages = {range: wilder(), plus: wilder(), minus: wilder(), adx: wilder()};
  return (bars, {plus, minus, adx}) => {
    const range = new Float64Array(bars.length);
    trueRange(bars, range);
    averages.range(range, range);
    movement(bars, plus, minus);
    averages.plus(plus, plus);
    averages.minus(minus, minus);
    for (let i = 0; i < bars.length; ++i) {
      plus[i] = percentOf(plus[i]!, range[i]!);
      minus[i] = percentOf(minus[i]!, range[i]!);
      adx[i] = percentOf(Math.abs(plus[i]! - minus[i]!), plus[i]! + minus[i]!);
    }
    averages.adx(adx, adx);
  };
}

/** How far the high rose, or the low fell, whichever was more; the other is 0, and the first bar has neither. */
function createDirectionalMovement(): (bars: BarSeries, plus: Float64Array, minus: Float64Array) => void {
  let last = {high: NaN, low: NaN};
  return ({length, high, low}, plus, minus) => {
    let lastHigh = last.high;
    let lastLow = last.low;
    for (let i = 0; i < length; ++i) {
      const up = high[i]! - lastHigh;
      const down = lastLow - low[i]!;
      lastHigh = high[i]!;
      lastLow = low[i]!;
      plus[i] = up > down && up > 0 ? up : 0 * up;
      minus[i] = down > up && down > 0 ? down : 0 * down;
    }
    last = {high: lastHigh, low: lastLow};
  };
}

/** 100 a / b, NaN while b warms up, and 0 where b is: then a is too. */
function percentOf(a: number, b: number): number {
  return b === 0 ? 0 : (100 * a) / b;
}
