import type {Bar, BarSeries} from "../../domain/bar.js";
import {type BarColumnsKernel, runBarColumns, streamBarColumns} from "./bar-kernel.js";
import {assertPeriod, type Columns, type Indicator, type Row} from "./indicator.js";
import {createMovingExtreme} from "./moving-extreme.js";
import {createSmaKernel} from "./sma.js";
import {afterWarmup} from "./value-kernel.js";

/** How far the stochastic oscillator looks back, in bars, and how it is smoothed. */
export interface StochasticOptions {
  /** Bars of the range that the close is placed in; default 14. */
  readonly period?: number;
  /** Simple average that slows %K; default 3, 1 for the fast oscillator. */
  readonly smooth?: number;
  /** Simple average of %K that makes %D; default 3. */
  readonly signal?: number;
}

const names = ["k", "d"] as const;

/** A column of the stochastic oscillator, %K or %D, in [0, 100]. */
export type StochasticLine = (typeof names)[number];

/**
 * Stochastic oscillator: where the close stands in the range of the last *period* bars, in per cent, smoothed.
 *
 * @param bars oldest first
 * @returns columns `k` and `d`, each as long as the bars and in [0, 100]; `k` is NaN for the first
 * *period* + *smooth* − 2 bars, `d` for *signal* − 1 more
 * @throws {RangeError} if a period is not a positive whole number, or a bar's prices make no sense
 * @example bars that close at the high of their 14-bar range: k 100
 *
 * In a range of no height the close is put in the middle, 50, so that mirrored prices give the mirrored oscillator;
 * TA-Lib and Stock.Indicators say 0.
 * Source: G. C. Lane, "Lane's Stochastics", Technical Analysis of Stocks & Commodities 2 (1984), p. 87.
 */
export function stochastic(bars: BarSeries, options?: StochasticOptions): Columns<StochasticLine> {
  return runBarColumns(createStochasticKernel(options), names, bars);
}

/** `stochastic` a bar at a time. */
export function createStochastic(options?: StochasticOptions): Indicator<Bar, Row<StochasticLine>> {
  return streamBarColumns(createStochasticKernel(options), names);
}

/** The engine of `stochastic`, for indicators built upon it. */
function createStochasticKernel({
  period = 14,
  smooth = 3,
  signal = 3
}: StochasticOptions = {}): BarColumnsKernel<StochasticLine> {
  assertPeriod(period);
  assertPeriod(smooth, "smooth");
  assertPeriod(signal, "signal");
  const highest = createMovingExtreme(period, 1);
  const lowest = createMovingExtreme(period, -1);
  const slow = afterWarmup(createSmaKernel({period: smooth}));
  const average = afterWarmup(createSmaKernel({period: signal}));
  return ({length, high, low, close}, {k, d}) => {
    highest(high, k);
    lowest(low, d);
    for (let i = 0; i < length; ++i) {
      const height = k[i]! - d[i]!;
      k[i] = height === 0 ? 50 : (100 * (close[i]! - d[i]!)) / height;
    }
    slow(k, k);
    average(k, d);
  };
}
