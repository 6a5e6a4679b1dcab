import {type BarSeries, sliceBars} from "../domain/bar.js";
import {barClose} from "../domain/bar-close.js";
import type {TradingCalendar} from "../domain/calendar.js";
import {type EpochMs, HOUR_MS, SECOND_MS} from "../domain/time.js";
import {isIntraday, type Timeframe} from "../domain/timeframe.js";

/**
 * The bars that have closed and settled by a moment. A forming bar is never stored, and neither is one whose venue
 * may still be writing it down: five seconds within the day, an hour for days and longer, since exchanges state their
 * closing prices after the bell.
 */
export function settledBars(bars: BarSeries, timeframe: Timeframe, calendar: TradingCalendar, now: EpochMs): BarSeries {
  const settledBy = now - (isIntraday(timeframe) ? 5 * SECOND_MS : HOUR_MS);
  let length = bars.length;
  while (length > 0 && !(barClose(bars.time[length - 1]!, timeframe, calendar) <= settledBy)) --length;
  return length === bars.length ? bars : sliceBars(bars, 0, length);
}
