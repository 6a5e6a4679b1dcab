import {type BarSeries, barColumns, createBarSeries, sliceBars} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {OffSessionRows} from "../../domain/dataset.js";
import {countOffSession} from "../../domain/session-rows.js";
import type {EpochMs} from "../../domain/time.js";

/** Bars made from finer ones or from ticks: a `BarSeries` that also says what was left out and whether it ends whole. */
export interface ResampledBars extends BarSeries {
  /** Rows of the source outside every session, which are in no bar. */
  readonly offSession: OffSessionRows;
  /** Whether more may still come into the last bar. Such a bar is not final: it must not be stored as one. */
  readonly lastIsPartial: boolean;
}

/** The bars into which nothing more may come: without the last where it is partial. */
export function wholeBars(bars: ResampledBars): BarSeries {
  return sliceBars(bars, 0, bars.lastIsPartial ? bars.length - 1 : bars.length);
}

/** The first *rows* of a fold's target in columns of their own, so that the rest is let go. */
export function cutBars(target: BarSeries, rows: number): BarSeries {
  const bars = createBarSeries(rows);
  for (const name of barColumns) bars[name].set(target[name].subarray(0, rows));
  return bars;
}

/** Bars with what a fold knows of them: when the last *end*s, the times *left* out, and until when all is there. */
export function finishBars(
  bars: BarSeries,
  {end, left, asOf}: {readonly end: EpochMs; readonly left: readonly EpochMs[]; readonly asOf: EpochMs},
  calendar: TradingCalendar
): ResampledBars {
  const lastIsPartial = bars.length > 0 && !(asOf >= end);
  return {...bars, offSession: countOffSession(calendar, left), lastIsPartial};
}
