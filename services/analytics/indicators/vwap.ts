import type {Bar, BarSeries} from "../../domain/bar.js";
import {sessionAt, type TradingCalendar} from "../../domain/calendar.js";
import {assertPricesAndVolumes, type BarColumnsKernel, runBarColumns, streamBarColumns} from "./bar-kernel.js";
import {assertFactor, type Columns, type Indicator, type Row} from "./indicator.js";

/** The sessions with which VWAP begins anew, and how far its bands stand off. */
export interface VwapOptions {
  /** Where sessions begin and end. */
  readonly calendar: TradingCalendar;
  /** Distance of each band in volume-weighted standard deviations; default 1. */
  readonly deviations?: number;
}

const names = ["vwap", "upper", "lower"] as const;

/** A column of session VWAP, in price; lower ≤ vwap ≤ upper. */
export type VwapLine = (typeof names)[number];

/**
 * Session VWAP with bands: the volume-weighted average price since the session's open, and bands some volume-weighted
 * standard deviations above and below it.
 *
 * @param bars intraday bars, oldest first; each counts at its typical price, (high + low + close) / 3
 * @returns columns `vwap`, `upper`, `lower`, each as long as the bars and in price; NaN outside sessions, and in one
 * until something was traded (an index without volume has no VWAP)
 * @throws {RangeError} if *deviations* is not positive, or a bar's prices or volume make no sense
 * @example two bars at 10 and 13, of volume 1 and 2: vwap [10, 12], upper [10, 13.41…]
 *
 * Built from bars it is an approximation of the venue's own, which weighs every trade. Sums are kept as a running mean
 * and squared distances, which do not cancel.
 * Sources: S. A. Berkowitz, D. E. Logue, E. A. Noser, "The Total Cost of Transactions on the NYSE", Journal of Finance
 * 43 (1988), p. 97; D. H. D. West, "Updating Mean and Variance Estimates", Communications of the ACM 22 (1979), p. 532.
 */
export function vwap(bars: BarSeries, options: VwapOptions): Columns<VwapLine> {
  return runBarColumns(createVwapKernel(options), names, bars, assertPricesAndVolumes);
}

/** `vwap` a bar at a time. */
export function createVwap(options: VwapOptions): Indicator<Bar, Row<VwapLine>> {
  return streamBarColumns(createVwapKernel(options), names, assertPricesAndVolumes);
}

/** The engine of `vwap`, for indicators built upon it. */
function createVwapKernel({calendar, deviations = 1}: VwapOptions): BarColumnsKernel<VwapLine> {
  assertFactor(deviations, "deviations");
  let session: string | undefined;
  let weight = 0;
  let mean = 0;
  let squares = 0;
  return (bars, out) => {
    const {length, time, high, low, close, volume} = bars;
    for (let i = 0; i < length; ++i) {
      const current = sessionAt(calendar, time[i]!)?.date;
      if (current !== session) {
        session = current;
        weight = mean = squares = 0;
      }
      if (current !== undefined && volume[i]! > 0) {
        const distance = (high[i]! + low[i]! + close[i]!) / 3 - mean;
        weight += volume[i]!;
        mean += (distance * volume[i]!) / weight;
        squares += volume[i]! * distance * ((high[i]! + low[i]! + close[i]!) / 3 - mean);
      }
      const width = deviations * Math.sqrt(squares / weight); // 0 / 0, so NaN, before the first volume
      out.vwap[i] = weight > 0 ? mean : NaN;
      out.upper[i] = mean + width;
      out.lower[i] = mean - width;
    }
  };
}
