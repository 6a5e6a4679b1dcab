import type {BarSeries} from "./bar.js";
import {type Session, sessionsBetween, type TradingCalendar} from "./calendar.js";
import {DAY_MS, type EpochMs} from "./time.js";

/** Longer than any holiday. */
const LONGEST_REST_MS = 14 * DAY_MS;

/** The session that a moment is in or, between sessions, the one before it; `undefined` if the venue rests for two weeks. */
export function lastSession(calendar: TradingCalendar, time: EpochMs): Session | undefined {
  return sessionsBetween(calendar, time - LONGEST_REST_MS, time + 1).at(-1);
}

/**
 * The row at which the session of a series' last bar begins: all rows from it on are that session's.
 *
 * @returns the last row where the calendar knows no session, 0 for an empty series
 */
export function lastSessionRow(bars: BarSeries, calendar: TradingCalendar): number {
  const last = bars.time[bars.length - 1];
  return last === undefined ? 0 : firstRowSince(bars, lastSession(calendar, last)?.open ?? last);
}

/** The first row at or after a time; the length where there is none. Near the end it is found soonest. */
export function firstRowSince({time, length}: BarSeries, since: EpochMs): number {
  let row = length;
  while (row > 0 && time[row - 1]! >= since) --row;
  return row;
}
