import {DAY_MS, type EpochMs, formatDate, MINUTE_MS, parseDate, type SessionDate} from "./time.js";
import {dayIn, fromWall} from "./zone.js";

/**
 * Hours of one kind of day, in minutes after midnight of the session date on the venue's wall clock.
 * `openMinute` may lie on the day before (from −1440), `closeMinute` on the day after (up to 2880).
 */
export interface SessionHours {
  readonly openMinute: number;
  readonly closeMinute: number;
}

/**
 * When a venue trades. A session is named by its date; FX that opens on Sunday 17:00 in New York belongs to Monday,
 * so its `openMinute` is 17 × 60 − 1440.
 */
export interface TradingCalendar extends SessionHours {
  readonly name: string;
  readonly zone: string;
  /** Days of the week with a session, 0 = Sunday. */
  readonly weekdays: readonly number[];
  readonly holidays: readonly SessionDate[];
  /** Sessions at other hours or on other days, as a Muhurat evening or a half day; they win over holidays. */
  readonly special: Readonly<Record<SessionDate, SessionHours>>;
}

/** One trading day at its venue: open ≤ t < close. */
export interface Session {
  readonly date: SessionDate;
  readonly open: EpochMs;
  readonly close: EpochMs;
}

/** What has been worked out of a calendar already; a calendar is not changed once made. */
interface Memory {
  readonly holidays: ReadonlySet<SessionDate>;
  readonly sessions: Map<number, Session | undefined>;
  /** The session and the closed time asked about last: the next question is likely to be about the same. */
  latest: Session;
  closed: {readonly from: EpochMs; readonly until: EpochMs};
}

const never: Session = {date: "", open: NaN, close: NaN};
const memories = new WeakMap<TradingCalendar, Memory>();

/**
 * The session of a date, or `undefined` where the venue does not trade.
 *
 * @throws {RangeError} if the date does not exist, the zone is unknown, or the hours of the day make no sense
 */
export function sessionOn(calendar: TradingCalendar, date: SessionDate): Session | undefined {
  return sessionOnDay(calendar, parseDate(date));
}

/** `sessionOn` by a count of days since 1970-01-01. */
export function sessionOnDay(calendar: TradingCalendar, day: number): Session | undefined {
  const memory = memoryOf(calendar);
  const known = memory.sessions.get(day);
  if (known !== undefined || memory.sessions.has(day)) return known;
  const session = buildSession(calendar, memory, day);
  memory.sessions.set(day, session);
  return session;
}

/** The session that holds a moment, or `undefined` while the venue is closed. */
export function sessionAt(calendar: TradingCalendar, time: EpochMs): Session | undefined {
  const memory = memoryOf(calendar);
  const {latest, closed} = memory;
  if (latest.open <= time && time < latest.close) return latest;
  if (closed.from <= time && time < closed.until) return undefined;
  const today = dayIn(calendar.zone, time);
  for (let day = today - 1; day <= today + 8; ++day) {
    const session = sessionOnDay(calendar, day);
    if (session === undefined || session.close <= time) continue;
    if (session.open <= time) {
      memory.latest = session;
      return session;
    }
    memory.closed = {from: time, until: session.open};
    return undefined;
  }
  return undefined;
}

/**
 * Sessions that overlap [start, end), oldest first.
 *
 * @throws {RangeError} if a time is not a moment of the years 1900 to 2199
 */
export function sessionsBetween(calendar: TradingCalendar, start: EpochMs, end: EpochMs): Session[] {
  const sessions: Session[] = [];
  const last = dayIn(calendar.zone, end) + 1;
  for (let day = dayIn(calendar.zone, start) - 1; day <= last; ++day) {
    const session = sessionOnDay(calendar, day);
    if (session && session.open < end && session.close > start) sessions.push(session);
  }
  return sessions;
}

/** The date *days* later. */
export function shiftDate(date: SessionDate, days: number): SessionDate {
  return formatDate(parseDate(date) + days);
}

/** Minute bars a full session holds: 375 on the NSE. */
export function sessionMinutes({open, close}: Session): number {
  return Math.round((close - open) / MINUTE_MS);
}

function memoryOf(calendar: TradingCalendar): Memory {
  const known = memories.get(calendar);
  if (known !== undefined) return known;
  const memory: Memory = {
    holidays: new Set(calendar.holidays),
    sessions: new Map(),
    latest: never,
    closed: {from: NaN, until: NaN}
  };
  memories.set(calendar, memory);
  return memory;
}

function buildSession(calendar: TradingCalendar, {holidays}: Memory, day: number): Session | undefined {
  const date = formatDate(day);
  const weekday = new Date(day * DAY_MS).getUTCDay();
  const isUsual = calendar.weekdays.includes(weekday) && !holidays.has(date);
  const hours = Object.hasOwn(calendar.special, date) ? calendar.special[date] : isUsual ? calendar : undefined;
  if (hours === undefined) return undefined;
  const {openMinute, closeMinute} = hours;
  if (!(openMinute >= -1440 && openMinute < closeMinute && closeMinute <= 2880))
    throw new RangeError(`invalid hours of ${calendar.name} on ${date}: minute ${openMinute} to ${closeMinute}`);
  const at = (minute: number) => fromWall(calendar.zone, day * DAY_MS + minute * MINUTE_MS);
  return {date, open: at(openMinute), close: at(closeMinute)};
}
