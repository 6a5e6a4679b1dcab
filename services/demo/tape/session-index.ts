import {type Session, sessionOn, shiftDate, type TradingCalendar} from "../../domain/calendar.js";
import {type EpochMs, MINUTE_MS, type SessionDate} from "../../domain/time.js";

/** The date from which every tape is told. */
const tapeOrigin: SessionDate = "2023-01-02";

/** The sessions of a calendar since the tape's origin, by number. */
export interface SessionIndex {
  /** The session of that number; 0 is the first on or after the origin. */
  at(number: number): Session;
  /** The number of the session that holds a moment or, where none does, of the next one. */
  numberAt(time: EpochMs): number;
}

const known = new WeakMap<TradingCalendar, SessionIndex>();

/** The sessions of a calendar, worked out as far as they are asked for; one index for all that trade by it. */
export function sessionIndex(calendar: TradingCalendar): SessionIndex {
  const index = known.get(calendar) ?? createSessionIndex(calendar);
  known.set(calendar, index);
  return index;
}

function createSessionIndex(calendar: TradingCalendar): SessionIndex {
  const sessions: Session[] = [];
  let date = tapeOrigin;
  const extend = () => {
    const session = sessionOn(calendar, date);
    date = shiftDate(date, 1);
    if (session) sessions.push(session);
  };
  const at = (number: number) => {
    while (sessions.length <= number) extend();
    return sessions[number]!;
  };
  return {
    at,
    numberAt(time) {
      while ((sessions.at(-1)?.close ?? -Infinity) <= time) extend();
      let [low, high] = [0, sessions.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sessions[middle]!.close <= time) low = middle + 1;
        else high = middle;
      }
      return low;
    }
  };
}

/** Minutes of a session, at least one. */
export function minutesOf({open, close}: Session): number {
  return Math.max(1, Math.round((close - open) / MINUTE_MS));
}
