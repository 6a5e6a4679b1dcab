import {sessionsBetween, type TradingCalendar} from "../../domain/calendar.js";
import {DAY_MS, type EpochMs} from "../../domain/time.js";

/**
 * How many sessions a venue held in the year before a moment: what a volatility per session is scaled by to one per year.
 *
 * @returns sessions, whole; about 260 in FX and 248 on the NSE
 */
export function sessionsPerYear(calendar: TradingCalendar, until: EpochMs): number {
  return sessionsBetween(calendar, until - 365 * DAY_MS, until).length;
}
