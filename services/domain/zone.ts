import {DAY_MS, type EpochMs, formatDate, parseDate, SECOND_MS, type SessionDate} from "./time.js";

// No zone has changed its clock twice within six days since 1970, so a stretch of three holds at most one change.
const STRETCH_MS = 3 * DAY_MS;
const FIRST_TIME = Date.UTC(1900, 0, 1);
const LAST_TIME = Date.UTC(2200, 0, 1);

/** A zone's offset over one stretch of time: `before` up to `change`, `after` from then on. */
interface Stretch {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly before: number;
  readonly change: EpochMs;
  readonly after: number;
}

interface ZoneClock {
  readonly format: Intl.DateTimeFormat;
  readonly stretches: Map<number, Stretch>;
  latest: Stretch;
}

const clocks = new Map<string, ZoneClock>();
const nowhere: Stretch = {start: NaN, end: NaN, before: NaN, change: NaN, after: NaN};

/** Whether *zone* is an IANA time zone this runtime knows, as `Asia/Kolkata`. */
export function isZone(zone: string): boolean {
  try {
    return clockOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Zone offset: how far a zone's wall clock is ahead of UTC at a moment, in milliseconds.
 * The runtime's zone database is asked once per stretch of three days, so that a call costs some nanoseconds.
 *
 * @returns e.g. 19_800_000 for `Asia/Kolkata`; negative west of Greenwich
 * @throws {RangeError} if the zone is unknown, or the time is not a moment of the years 1900 to 2199
 */
export function zoneOffsetMs(zone: string, time: EpochMs): number {
  const clock = clockOf(zone);
  const latest = clock.latest;
  const stretch = time >= latest.start && time < latest.end ? latest : stretchAt(clock, time);
  return time < stretch.change ? stretch.before : stretch.after;
}

/** The wall clock of a zone at a moment, as if it were UTC: `toWall("Asia/Kolkata", 0)` is 19_800_000. */
export function toWall(zone: string, time: EpochMs): number {
  return time + zoneOffsetMs(zone, time);
}

/**
 * The moment at which a zone's wall clock shows *wall*.
 * A wall time that occurs twice (clocks set back) gives the first; one that never occurs (set forward) is read
 * with the offset before the change, as `Temporal`'s "compatible" does.
 *
 * @throws {RangeError} as `zoneOffsetMs`
 */
export function fromWall(zone: string, wall: number): EpochMs {
  const before = zoneOffsetMs(zone, wall - DAY_MS);
  const early = wall - before;
  if (zoneOffsetMs(zone, early) === before) return early;
  const late = wall - zoneOffsetMs(zone, wall + DAY_MS);
  return toWall(zone, late) === wall ? late : early;
}

/** The calendar date in a zone at a moment. */
export function dateIn(zone: string, time: EpochMs): SessionDate {
  return formatDate(dayIn(zone, time));
}

/** `dateIn` as a count of days since 1970-01-01: `dayIn("UTC", 0)` is 0. */
export function dayIn(zone: string, time: EpochMs): number {
  return Math.floor(toWall(zone, time) / DAY_MS);
}

/**
 * The moment of a wall time on a date: `timeIn("Asia/Kolkata", "2019-01-02", 9 * 60 + 15)` is 03:45 UTC.
 *
 * @param minuteOfDay minutes after midnight on the wall clock; negative lies on the days before
 */
export function timeIn(zone: string, date: SessionDate, minuteOfDay: number): EpochMs {
  return fromWall(zone, parseDate(date) * DAY_MS + minuteOfDay * 60_000);
}

function clockOf(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = {format: createFormat(zone), stretches: new Map(), latest: nowhere};
  clocks.set(zone, clock);
  return clock;
}

function createFormat(zone: string): Intl.DateTimeFormat {
  const date = {year: "numeric", month: "numeric", day: "numeric"} as const;
  const clock = {hour: "numeric", minute: "numeric", second: "numeric"} as const;
  try {
    return new Intl.DateTimeFormat("en-US", {timeZone: zone, calendar: "gregory", hourCycle: "h23", ...date, ...clock});
  } catch {
    throw new RangeError(`unknown time zone: ${zone}`);
  }
}

function stretchAt(clock: ZoneClock, time: EpochMs): Stretch {
  if (!(time >= FIRST_TIME && time < LAST_TIME)) throw new RangeError(`time out of range: ${time}`);
  const key = Math.floor(time / STRETCH_MS);
  const stretch = clock.stretches.get(key) ?? measureStretch(clock.format, key * STRETCH_MS);
  clock.stretches.set(key, stretch);
  clock.latest = stretch;
  return stretch;
}

function measureStretch(format: Intl.DateTimeFormat, start: EpochMs): Stretch {
  const end = start + STRETCH_MS;
  const before = measureOffset(format, start);
  const after = measureOffset(format, end);
  if (before === after) return {start, end, before, change: end, after};
  let early = start; // the change lies after `early`, and at or before `late`
  let late = end;
  while (late - early > SECOND_MS) {
    const middle = early + Math.floor((late - early) / 2 / SECOND_MS) * SECOND_MS;
    if (measureOffset(format, middle) === before) early = middle;
    else late = middle;
  }
  return {start, end, before, change: late, after};
}

function measureOffset(format: Intl.DateTimeFormat, time: EpochMs): number {
  const part: Record<string, number> = {};
  for (const {type, value} of format.formatToParts(time)) part[type] = Number(value);
  const {year, month, day, hour, minute, second} = part as Record<
    "year" | "month" | "day" | "hour" | "minute" | "second",
    number
  >;
  return Date.UTC(year, month - 1, day, hour, minute, second) - time;
}
