import {type BarSeries, sliceBars} from "../../domain/bar.js";
import {sessionAt, type TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";

/**
 * Daily bars without the one of a session that was still under way: its range and its close are not yet what they will be.
 *
 * @param days timed by the open of their sessions, oldest first
 * @param asOf when the source was asked
 */
export function endedDays(days: BarSeries, calendar: TradingCalendar, asOf: EpochMs): BarSeries {
  const last = days.time[days.length - 1];
  const session = last === undefined ? undefined : sessionAt(calendar, last);
  return session !== undefined && session.close > asOf ? sliceBars(days, 0, days.length - 1) : days;
}
