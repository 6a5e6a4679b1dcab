import {sessionAt, sessionOnDay, type TradingCalendar} from "./calendar.js";
import type {OffSessionRows} from "./dataset.js";
import type {EpochMs} from "./time.js";
import {dayIn} from "./zone.js";

/** Where a row lies in its venue's day: inside the session, before or after it, or on a day without one. */
export type SessionPart = "session" | "pre-open" | "post-close" | "closed-day";

/**
 * Session part: whether a moment lies in a session, or else where it stands to the session of its own wall date.
 *
 * On the NSE 09:07 is `pre-open`, 09:15 `session`, 15:30 `post-close`, and a Sunday `closed-day`. In FX, Friday 17:00
 * in New York is `post-close`, Saturday `closed-day`, and Sunday 16:59 too, since its wall date has no session.
 *
 * @throws {RangeError} if the time is not a moment of the years 1900 to 2199
 */
export function sessionPart(calendar: TradingCalendar, time: EpochMs): SessionPart {
  if (sessionAt(calendar, time) !== undefined) return "session";
  const own = sessionOnDay(calendar, dayIn(calendar.zone, time));
  if (own === undefined) return "closed-day";
  return time < own.open ? "pre-open" : "post-close";
}

/** How many rows lie outside the calendar's sessions, by where they lie. */
export function countOffSession(calendar: TradingCalendar, times: ArrayLike<EpochMs>): OffSessionRows {
  const counts = {session: 0, "pre-open": 0, "post-close": 0, "closed-day": 0};
  for (let i = 0; i < times.length; ++i) ++counts[sessionPart(calendar, times[i]!)];
  return {preOpen: counts["pre-open"], postClose: counts["post-close"], closedDay: counts["closed-day"]};
}
