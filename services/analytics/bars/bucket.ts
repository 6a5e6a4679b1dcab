import {type Session, sessionAt, sessionOnDay, type TradingCalendar} from "../../domain/calendar.js";
import {DAY_MS, type EpochMs, parseDate} from "../../domain/time.js";
import {daySpan, isIntraday, type Timeframe, timeframeMs} from "../../domain/timeframe.js";

/** The time a bar covers: start ≤ t < end, as far as the venue is open then. */
export interface Bucket {
  readonly start: EpochMs;
  readonly end: EpochMs;
  /** From the moment asked about up to here the venue is open and the bucket this one; a week's is only its day's. */
  readonly until: EpochMs;
}

/**
 * Bucket rule: which bar of a timeframe a moment belongs to, or `undefined` outside every session.
 *
 * - Seconds, minutes and hours count from the session's open and end at its close at the latest: on the NSE `1h` bars
 *   open at 09:15, 10:15 … 15:15, and the last is a quarter of an hour long; in FX `4h` bars open at 17:00 New York.
 * - `1d` is the session; its time is the session's open.
 * - Weeks run from Monday, months from the first, by session *date*: FX of Sunday evening is Monday's, so the next
 *   week's. Their time is the open of the first session in them by the calendar, traded or not.
 *
 * @throws {RangeError} from the rule, if a time is not a moment of the years 1900 to 2199
 */
export function createBucketRule(
  timeframe: Timeframe,
  calendar: TradingCalendar
): (time: EpochMs) => Bucket | undefined {
  const bucketIn = isIntraday(timeframe) ? intradayRule(timeframeMs(timeframe)) : dayRule(timeframe, calendar);
  let latest: Session | undefined; // the next moment is likely to be in the same session
  return (time) => {
    if (latest === undefined || !(latest.open <= time && time < latest.close)) latest = sessionAt(calendar, time);
    return latest && bucketIn(latest, time);
  };
}

function intradayRule(stepMs: number): (session: Session, time: EpochMs) => Bucket {
  return ({open, close}, time) => {
    const start = openingOf(open, stepMs, time);
    const end = Math.min(start + stepMs, close);
    return {start, end, until: end};
  };
}

/** Buckets that a stretch of time can touch at the most: a session's close may cut one short, each day. */
export function mostBuckets(timeframe: Timeframe, first: EpochMs, last: EpochMs): number {
  return Math.floor((last - first) / timeframeMs(timeframe)) + Math.floor((last - first) / DAY_MS) + 4;
}

/** When the intraday bar opens that holds *time*, in a session that opens at *open*. */
export function openingOf(open: EpochMs, stepMs: number, time: EpochMs): EpochMs {
  return open + Math.floor((time - open) / stepMs) * stepMs;
}

function dayRule(timeframe: Timeframe, calendar: TradingCalendar): (session: Session) => Bucket {
  return ({date, open, close}) => {
    const day = parseDate(date);
    const {first, next} = daySpan(day, timeframe);
    let start = open;
    let end = close;
    for (let before = day - 1; before >= first; --before) start = sessionOnDay(calendar, before)?.open ?? start;
    for (let after = day + 1; after < next; ++after) end = sessionOnDay(calendar, after)?.close ?? end;
    return {start, end, until: close};
  };
}
