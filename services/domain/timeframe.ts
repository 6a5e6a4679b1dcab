import {type EpochMs, SECOND_MS} from "./time.js";
import {fromWall, toWall} from "./zone.js";

/** Seconds, minutes, hours, days, weeks or calendar months; only of the first three is each as long as the next. */
export type TimeframeUnit = "s" | "m" | "h" | "d" | "w" | "mo";

/** A bar's length: a count and a unit, as `5m`, `1d`, `1w`, `1mo`. */
export type Timeframe = `${number}${TimeframeUnit}`;

const unitMs: Record<Exclude<TimeframeUnit, "mo">, number> = {
  s: SECOND_MS,
  m: 60 * SECOND_MS,
  h: 3_600 * SECOND_MS,
  d: 86_400 * SECOND_MS,
  w: 604_800 * SECOND_MS
};

const FIRST_MONDAY = 4; // 1970-01-05

const pattern = /^([1-9]\d{0,4})(s|m|h|d|w|mo)$/;

/**
 * A timeframe's count and unit: `parseTimeframe("5m")` is `{count: 5, unit: "m"}`.
 *
 * @throws {RangeError} if the text is not a count from 1 to 99999 without leading zeros, and a unit of s, m, h, d, w, mo
 */
export function parseTimeframe(text: string): {count: number; unit: TimeframeUnit} {
  const [, digits, unit] = pattern.exec(text) ?? [];
  if (digits === undefined || unit === undefined) throw new RangeError(`invalid timeframe: ${text}`);
  return {count: Number(digits), unit: unit as TimeframeUnit};
}

/** Whether the text is a timeframe, as `5m`. */
export function isTimeframe(text: string): text is Timeframe {
  return pattern.test(text);
}

/**
 * Timeframe length in milliseconds: `timeframeMs("5m")` is 300_000.
 * Days and weeks are nominal (a day that changes the clock is 23 or 25 hours long); a month counts as 30 days.
 */
export function timeframeMs(timeframe: Timeframe): number {
  const {count, unit} = parseTimeframe(timeframe);
  return count * (unit === "mo" ? 30 * unitMs.d : unitMs[unit]);
}

/** Whether bars of this timeframe lie inside one session: seconds, minutes and hours do. */
export function isIntraday(timeframe: Timeframe): boolean {
  const {unit} = parseTimeframe(timeframe);
  return unit === "s" || unit === "m" || unit === "h";
}

/**
 * Floor: when the bar that holds *time* opened, where days begin *anchorMinutes* after midnight on the zone's wall clock.
 * Seconds, minutes and hours count from the day's opening in time that passes, so that they stay equally long on a day
 * that changes the clock; days from 1970-01-01, weeks from Monday, months from the first.
 *
 * This knows no sessions: bars of a venue are made by `analytics/bars`, from its calendar.
 *
 * @param zone the venue's zone; `UTC` for plain flooring
 * @throws {RangeError} if the timeframe, zone or time is not valid
 * @example floorTime(Date.parse("2024-01-03T10:59Z"), "4h") // 2024-01-03T08:00Z
 */
export function floorTime(time: EpochMs, timeframe: Timeframe, {zone = "UTC", anchorMinutes = 0} = {}): EpochMs {
  const opening = (day: number) => fromWall(zone, day * unitMs.d + anchorMinutes * unitMs.m);
  const wallDay = Math.floor((toWall(zone, time) - anchorMinutes * unitMs.m) / unitMs.d);
  const day = [wallDay + 1, wallDay].find((candidate) => opening(candidate) <= time) ?? wallDay - 1;
  if (!isIntraday(timeframe)) return opening(floorDay(day, timeframe));
  const start = opening(day);
  const stepMs = timeframeMs(timeframe);
  return start + Math.floor((time - start) / stepMs) * stepMs;
}

/** `daySpan(…).first`: the first day of the bar that holds a day. */
export function floorDay(day: number, timeframe: Timeframe): number {
  return daySpan(day, timeframe).first;
}

/**
 * The days of the bar that holds a day: first ≤ day < next, as counts of days since 1970-01-01.
 * Weeks begin on Monday, months on the first; `2w` and `3mo` are counted from the first of 1970.
 *
 * @throws {RangeError} if the timeframe is not of days, weeks or months
 */
export function daySpan(day: number, timeframe: Timeframe): {first: number; next: number} {
  const {count, unit} = parseTimeframe(timeframe);
  if (unit === "mo") return monthSpan(day, count);
  if (unit !== "d" && unit !== "w") throw new RangeError(`timeframe shorter than a day: ${timeframe}`);
  const origin = unit === "w" ? FIRST_MONDAY : 0;
  const step = unit === "w" ? 7 * count : count;
  const first = origin + Math.floor((day - origin) / step) * step;
  return {first, next: first + step};
}

function monthSpan(day: number, count: number): {first: number; next: number} {
  const date = new Date(day * unitMs.d);
  const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  const first = Math.floor(month / count) * count;
  const opening = (index: number) => Date.UTC(1970, index, 1) / unitMs.d;
  return {first: opening(first), next: opening(first + count)};
}
