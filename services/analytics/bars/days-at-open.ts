import type {BarSeries} from "../../domain/bar.js";
import {sessionAt, sessionOn, type TradingCalendar} from "../../domain/calendar.js";
import {dateIn} from "../../domain/zone.js";

/**
 * Daily bars timed by the open of their sessions, as resampling needs them, whatever moment their source stamps: Kite
 * stamps midnight at the venue, MetaTrader the session's open.
 *
 * @param days one bar a session, oldest first
 * @returns the same bars, sharing all columns but `time`; a bar of a day without a session keeps its time
 * @example daysAtOpen(days, nse).time[0] // 09:15 IST of the date whose midnight days.time[0] was
 */
export function daysAtOpen(days: BarSeries, calendar: TradingCalendar): BarSeries {
  const time = days.time.map((stamp) => {
    const session = sessionAt(calendar, stamp) ?? sessionOn(calendar, dateIn(calendar.zone, stamp));
    return session?.open ?? stamp;
  });
  return {...days, time};
}
