import {assertBars, type BarSeries, createBarSeries} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";
import {mostBuckets} from "./bucket.js";
import {createBarFold} from "./fold.js";
import {cutBars, finishBars, type ResampledBars} from "./resampled-bars.js";

/** How far the source is known, which decides whether the last bar is final. */
export interface ResampleOptions {
  /** Until when the source is known to be complete; default: the end of its last bar, as long as its shortest step. */
  readonly asOf?: EpochMs;
}

/**
 * Bars of a longer timeframe, by the venue's sessions: open of the first, highest high, lowest low, close of the last,
 * volumes added up.
 *
 * @param series bars of a shorter timeframe (or of the same), each wholly inside one longer bar
 * @param timeframe what to make, as `5m`, `4h`, `1d`, `1w`, `1mo`; see `createBucketRule` for where bars begin
 * @returns the bars, oldest first, timed by when they open; rows outside sessions are left out and counted in
 * `offSession`; `lastIsPartial` says whether more may still come into the last bar. A bar in which nothing traded does
 * not exist.
 * @throws {RangeError} naming the row if a bar makes no sense or times do not rise
 * @example resampleBars(minutes, "1d", nse) // one bar per session, timed 09:15 IST
 */
export function resampleBars(
  series: BarSeries,
  timeframe: Timeframe,
  calendar: TradingCalendar,
  {asOf = endOf(series)}: ResampleOptions = {}
): ResampledBars {
  assertBars(series);
  return foldBars(series, timeframe, calendar, asOf);
}

/** The engine of `resampleBars`, for bars that are known to make sense. */
export function foldBars(
  series: BarSeries,
  timeframe: Timeframe,
  calendar: TradingCalendar,
  asOf: EpochMs
): ResampledBars {
  const {length, time} = series;
  const target = createBarSeries(
    length === 0 ? 0 : Math.min(length, mostBuckets(timeframe, time[0]!, time[length - 1]!))
  );
  const fold = createBarFold(timeframe, calendar, target);
  const left = fold.addAll(series);
  return finishBars(cutBars(target, fold.rows), {end: fold.end, left, asOf}, calendar);
}

function endOf({length, time}: BarSeries): EpochMs {
  let step = Infinity;
  for (let i = 1; i < length; ++i) step = Math.min(step, time[i]! - time[i - 1]!);
  return length === 0 ? -Infinity : time[length - 1]! + (step < Infinity ? step : 0);
}
