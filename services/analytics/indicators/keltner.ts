import type {Bar, BarSeries} from "../../domain/bar.js";
import {createAtrKernel} from "./atr.js";
import {type BarColumnsKernel, runBarColumns, streamBarColumns} from "./bar-kernel.js";
import {createEmaKernel} from "./ema.js";
import {assertFactor, type Columns, type Indicator, type Row} from "./indicator.js";

/** How far the middle and the range of a Keltner channel look back, in bars, and how far apart its bands stand. */
export interface KeltnerOptions {
  /** Closes in the exponential average; default 20. */
  readonly period?: number;
  /** True ranges in Wilder's average; default 10. */
  readonly atrPeriod?: number;
  /** Distance of each band in average true ranges; default 2. */
  readonly multiplier?: number;
}

const names = ["middle", "upper", "lower"] as const;

/** A column of a Keltner channel, in price; lower ≤ middle ≤ upper. */
export type KeltnerLine = (typeof names)[number];

/**
 * Keltner channel: an exponential average of the close, and bands some average true ranges above and below it.
 *
 * @param bars oldest first
 * @returns columns `middle`, `upper`, `lower`, each as long as the bars and in price; `middle` is NaN for the first
 * *period* − 1 bars, the bands until the true range is warm as well, after *atrPeriod*
 * @throws {RangeError} if an option is not positive, or a bar's prices make no sense
 * @example bars of high 3, low 1, close 2 for ever: middle 2, upper 6, lower −2
 *
 * This is Raschke's form, as TradingView and Stock.Indicators have it; Keltner's own (How to Make Money in
 * Commodities, 1960) used simple averages of typical price and of high − low over ten days.
 * Source: L. B. Raschke and L. A. Connors, Street Smarts, 1995.
 */
export function keltner(bars: BarSeries, options?: KeltnerOptions): Columns<KeltnerLine> {
  return runBarColumns(createKeltnerKernel(options), names, bars);
}

/** `keltner` a bar at a time. */
export function createKeltner(options?: KeltnerOptions): Indicator<Bar, Row<KeltnerLine>> {
  return streamBarColumns(createKeltnerKernel(options), names);
}

/** The engine of `keltner`, for indicators built upon it. */
function createKeltnerKernel({
  period = 20,
  atrPeriod = 10,
  multiplier = 2
}: KeltnerOptions = {}): BarColumnsKernel<KeltnerLine> {
  assertFactor(multiplier, "multiplier");
  const average = createEmaKernel({period});
  const range = createAtrKernel({period: atrPeriod});
  return (bars, {middle, upper, lower}) => {
    average(bars.close, middle);
    range(bars, upper);
    for (let i = 0; i < bars.length; ++i) {
      const distance = multiplier * upper[i]!;
      upper[i] = middle[i]! + distance;
      lower[i] = middle[i]! - distance;
    }
  };
}
