import {type Session, sessionAt, shiftDate, type TradingCalendar} from "../../domain/calendar.js";
import {type EpochMs, MINUTE_MS, type SessionDate} from "../../domain/time.js";
import {dateIn, timeIn} from "../../domain/zone.js";
import {type RandomStream, randomStream} from "../tape/random.js";
import type {TraderSpec} from "./spec.js";

/** When a trader is at the desk: the hours of a weekday in the trader's zone, while the market is open. */
export interface Desk {
  /** Times at which the trader means to go in on a date, oldest first. */
  entriesOn(date: SessionDate): EpochMs[];
  /** A moment at the desk: that one, or soon after the desk opens next. */
  atDesk(time: EpochMs, random: RandomStream): EpochMs;
  isAtDesk(time: EpochMs): boolean;
}

/** The desk of a trader, on the calendar of what is traded. */
export function createDesk(
  {id, zone, hours, entriesPerDay}: TraderSpec,
  calendar: TradingCalendar,
  seed: number
): Desk {
  const [opens, closes] = hours;
  const session = (time: EpochMs): Session | undefined => sessionAt(calendar, time);
  const isAtDesk = (time: EpochMs) => {
    const date = dateIn(zone, time);
    return time >= timeIn(zone, date, opens) && time < timeIn(zone, date, closes) && session(time) !== undefined;
  };
  return {
    isAtDesk,
    entriesOn(date) {
      const random = randomStream(seed, id, "entries", date);
      const times: EpochMs[] = [];
      for (let minute = opens; ; times.push(timeIn(zone, date, 0) + Math.floor(minute * MINUTE_MS))) {
        minute += (random.exponential() * (closes - opens)) / entriesPerDay;
        if (minute >= closes) return times.filter(isAtDesk);
      }
    },
    atDesk(time, random) {
      if (isAtDesk(time)) return time;
      const today = dateIn(zone, time);
      for (let date = time < timeIn(zone, today, opens) ? today : shiftDate(today, 1); ; date = shiftDate(date, 1)) {
        const start = timeIn(zone, date, opens) + Math.floor(Math.min(random.exponential() * 25, 180) * MINUTE_MS);
        if (isAtDesk(start)) return start;
      }
    }
  };
}
