import {sessionAt, sessionOnDay, sessionsBetween, type TradingCalendar} from "./calendar.js";
import {DAY_MS, type EpochMs} from "./time.js";
import {isIntraday, parseTimeframe, type Timeframe, timeframeMs} from "./timeframe.js";
import {dayIn, fromWall, toWall} from "./zone.js";

/**
 * Bar close: the moment from which nothing more can enter a bar, so that it may be stored and never change.
 *
 * A bar ends when its length has passed, or when its venue closes within it and does not open again at once: an NSE
 * hour that opens at 15:15 closes at 15:30, an NSE day at 15:30, an FX week on Friday 17:00 in New York.
 *
 * @param time when the bar opened
 * @throws {RangeError} if time or timeframe is not valid
 */
export function barClose(time: EpochMs, timeframe: Timeframe, calendar: TradingCalendar): EpochMs {
  const end = periodEnd(time, timeframe, calendar.zone);
  const session = isIntraday(timeframe) ? sessionAt(calendar, time) : lastSession(time, end, calendar);
  if (session === undefined || session.close >= end) return end;
  return sessionAt(calendar, session.close) === undefined ? session.close : end;
}

function periodEnd(time: EpochMs, timeframe: Timeframe, zone: string): EpochMs {
  if (isIntraday(timeframe)) return time + timeframeMs(timeframe);
  const {count, unit} = parseTimeframe(timeframe);
  const wall = toWall(zone, time);
  if (unit !== "mo") return fromWall(zone, wall + count * (unit === "w" ? 7 : 1) * DAY_MS);
  const date = new Date(wall);
  return fromWall(zone, date.setUTCMonth(date.getUTCMonth() + count));
}

function lastSession(start: EpochMs, end: EpochMs, calendar: TradingCalendar) {
  return sessionsBetween(calendar, start, end).at(-1) ?? sessionOnDay(calendar, dayIn(calendar.zone, start));
}
