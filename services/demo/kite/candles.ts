import {barAt} from "../../domain/bar.js";
import {DAY_MS, type EpochMs, MINUTE_MS} from "../../domain/time.js";
import {candleTime, istDay} from "./ist.js";
import type {Listing} from "./listing.js";

/** Kite's intervals: their minutes, and the days a call may ask for. */
export const intervals = {
  minute: {minutes: 1, mostDays: 60},
  "3minute": {minutes: 3, mostDays: 100},
  "5minute": {minutes: 5, mostDays: 100},
  "10minute": {minutes: 10, mostDays: 100},
  "15minute": {minutes: 15, mostDays: 200},
  "30minute": {minutes: 30, mostDays: 200},
  "60minute": {minutes: 60, mostDays: 400},
  day: {minutes: 1_440, mostDays: 2_000}
} as const;

/** An interval by Kite's name for it, as `5minute`. */
export type Interval = keyof typeof intervals;

/** Whether a text is the name of an interval. */
export function isInterval(text: string): text is Interval {
  return Object.hasOwn(intervals, text);
}

/** A candle as Kite writes it. */
export type Candle = [string, number, number, number, number, number, ...number[]];

/** Candles that open from *from* to *to*, both included, as known at *now*; they count from the session's open. */
export function candles(
  {tape, isIndex}: Listing,
  interval: Interval,
  from: EpochMs,
  to: EpochMs,
  now: EpochMs,
  withInterest: boolean
): Candle[] {
  const tail = withInterest ? [0] : [];
  const {minutes} = intervals[interval];
  const rows: Candle[] = [];
  const isDay = interval === "day";
  const series = isDay
    ? tape.dayBars(from, to + DAY_MS, now)
    : tape.minuteBars(from - minutes * MINUTE_MS, to + minutes * MINUTE_MS, now);
  let opened = Number.NaN;
  for (let i = 0; i < series.length; ++i) {
    const {time, open, high, low, close, volume} = barAt(series, i);
    const start = isDay ? istDay(time) : bucketOf(tape, time, minutes);
    if (start < from || start > to) continue;
    const last = rows.at(-1);
    const counted = isIndex ? 0 : volume;
    if (last && start === opened) {
      last.splice(2, 4, Math.max(last[2], high), Math.min(last[3], low), close, last[5] + counted);
    } else rows.push([candleTime(start), open, high, low, close, counted, ...tail]);
    opened = start;
  }
  return rows;
}

function bucketOf({levels}: Listing["tape"], time: EpochMs, minutes: number): EpochMs {
  const {open} = levels.sessions.at(levels.sessions.numberAt(time));
  return open + Math.floor((time - open) / (minutes * MINUTE_MS)) * minutes * MINUTE_MS;
}
