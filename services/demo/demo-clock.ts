import {sessionAt, type TradingCalendar} from "../domain/calendar.js";
import {DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS} from "../domain/time.js";

const bestHour = 5 * HOUR_MS + 30 * MINUTE_MS; // both open: 11:00 in India, the morning in London
const longestSearchDays = 14;

/**
 * How far the demo's clock is from the real one: nothing while every market is open; otherwise back to the last 05:30 UTC
 * at which all were, so that there is something to see at any hour.
 */
export function clockShift(now: EpochMs, calendars: readonly TradingCalendar[]): number {
  const areOpen = (time: EpochMs) => calendars.every((calendar) => sessionAt(calendar, time) !== undefined);
  if (areOpen(now)) return 0;
  const today = Math.floor(now / DAY_MS) * DAY_MS + bestHour;
  for (let back = 0; back <= longestSearchDays; ++back) {
    const time = today - back * DAY_MS;
    if (time <= now && areOpen(time)) return time - now;
  }
  return 0;
}
