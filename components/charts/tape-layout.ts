import type {BarSeries} from "../../services/domain/bar.js";
import {barClose} from "../../services/domain/bar-close.js";
import {sessionAt, type TradingCalendar} from "../../services/domain/calendar.js";
import type {EpochMs} from "../../services/domain/time.js";
import {isIntraday, type Timeframe} from "../../services/domain/timeframe.js";
import {dateIn} from "../../services/domain/zone.js";
import {type TapeAxis, tapeAxis} from "./tape-axis.js";

/** Bars with their places: what every pane of a chart shares. */
export interface TapeLayout extends TapeAxis {
  readonly bars: BarSeries;
  /**
   * For bars of a day and longer: the dates of their sessions, as midnights UTC, since a session's date belongs to
   * its venue whatever the zone of display.
   */
  readonly dates: Float64Array | undefined;
  /** When the time of a bar was over, by its row: at its close, and never after the next one opened. */
  readonly endOf: (row: number) => EpochMs;
}

/** The timeframe of the bars and the calendar of their venue, by which sessions, dates and absent bars are told. */
export interface TapeLayoutOptions {
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
}

/** Lays out the bars that a chart is to show. */
export function tapeLayout(bars: BarSeries, options: TapeLayoutOptions): TapeLayout {
  const dates = isIntraday(options.timeframe) ? undefined : bars.time.map((time) => dateOf(time, options.calendar));
  const endOf = (row: number) =>
    Math.min(barClose(bars.time[row]!, options.timeframe, options.calendar), bars.time[row + 1] ?? Infinity);
  return {bars, dates, endOf, ...tapeAxis(bars.time, options)};
}

function dateOf(time: EpochMs, calendar: TradingCalendar): EpochMs {
  return Date.parse(`${sessionAt(calendar, time)?.date ?? dateIn(calendar.zone, time)}T00:00:00Z`);
}
