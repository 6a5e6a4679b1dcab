import type {Bar, BarSeries} from "../../domain/bar.js";
import {createAtrKernel} from "./atr.js";
import {type BarColumnsKernel, runBarColumns, streamBarColumns} from "./bar-kernel.js";
import {assertFactor, type Columns, type Indicator, type Row} from "./indicator.js";

/** How far SuperTrend's range looks back, in bars, and how far its stop stands off. */
export interface SupertrendOptions {
  /** True ranges in Wilder's average; default 10. */
  readonly period?: number;
  /** Distance of each band in average true ranges; default 3. */
  readonly multiplier?: number;
}

const names = ["line", "direction"] as const;

/** A column of SuperTrend: the stop in price, or the direction, 1 up and −1 down. */
export type SupertrendLine = (typeof names)[number];

/**
 * SuperTrend: a stop line some average true ranges from the middle of the bar, which only follows the trend, and turns
 * over when price closes beyond it.
 *
 * @param bars oldest first
 * @returns columns `line`, in price, below the market in an uptrend and above it in a downtrend, and `direction`, 1 or
 * −1; the first *period* are NaN
 * @throws {RangeError} if an option is not positive, or a bar's prices make no sense
 * @example bars of high 3, low 1, close 2 for ever: line −4, direction 1
 *
 * The lower band is the middle less the distance, and does not fall unless price had closed below it; the upper one is
 * the mirror image. The direction begins up where the first close is at or above the bar's middle; TradingView always
 * begins down, and agrees from the first turn on.
 * Source: O. Seban, Tout le monde mérite d'être riche, 2008.
 */
export function supertrend(bars: BarSeries, options?: SupertrendOptions): Columns<SupertrendLine> {
  return runBarColumns(createSupertrendKernel(options), names, bars);
}

/** `supertrend` a bar at a time. */
export function createSupertrend(options?: SupertrendOptions): Indicator<Bar, Row<SupertrendLine>> {
  return streamBarColumns(createSupertrendKernel(options), names);
}

/** The engine of `supertrend`, for indicators built upon it. */
function createSupertrendKernel({
  period = 10,
  multiplier = 3
}: SupertrendOptions = {}): BarColumnsKernel<SupertrendLine> {
  assertFactor(multiplier, "multiplier");
  const range = createAtrKernel({period});
  let state = {upper: Infinity, lower: -Infinity, lastClose: NaN, trend: 0};
  return (bars, {line, direction}) => {
    range(bars, line);
    let {upper, lower, lastClose, trend} = state; // a trend of 0 has not begun
    for (let i = 0; i < bars.length; ++i) {
      const close = bars.close[i]!;
      const middle = (bars.high[i]! + bars.low[i]!) / 2;
      const distance = multiplier * line[i]!;
      if (!(distance >= 0)) {
        direction[i] = NaN;
        continue;
      }
      upper = middle + distance < upper || lastClose > upper ? middle + distance : upper;
      lower = middle - distance > lower || lastClose < lower ? middle - distance : lower;
      if (trend === 0) trend = close >= middle ? 1 : -1;
      else if (trend > 0 ? close < lower : close > upper) trend = -trend;
      line[i] = trend > 0 ? lower : upper;
      direction[i] = trend;
      lastClose = close;
    }
    state = {upper, lower, lastClose, trend};
  };
}
