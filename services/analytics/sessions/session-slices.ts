import type {BarSeries} from "../../domain/bar.js";
import {type Session, sessionAt, type TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";

/** The rows of one session in a series of intraday bars. */
export interface SessionSlice {
  readonly session: Session;
  readonly start: number;
  readonly end: number;
}

/** What counts as a session that is all there. */
export interface SliceOptions {
  /** How long a bar is, in milliseconds. */
  readonly stepMs: number;
  /** Bars found over bars expected below which a session is left out: a day with a hole. */
  readonly leastCoverage?: number; // 0.8
  /** When the source was asked: a session that had not closed by then is under way. */
  readonly asOf?: EpochMs; // Infinity
}

/**
 * Intraday bars by session: those of usual hours that are all there, oldest first. A half day, an evening session and a
 * session that is still under way are left out, since they cannot be compared with the others hour by hour.
 *
 * @returns slices, and how many sessions were left out
 */
export function sessionSlices(
  {length, time}: Pick<BarSeries, "length" | "time">,
  calendar: TradingCalendar,
  {stepMs, leastCoverage = 0.8, asOf = Infinity}: SliceOptions
): {slices: SessionSlice[]; leftOut: number} {
  const slices: SessionSlice[] = [];
  let leftOut = 0;
  for (let start = 0; start < length; ) {
    const session = sessionAt(calendar, time[start]!);
    let end = start + 1;
    while (session !== undefined && end < length && time[end]! < session.close) ++end;
    const isEnded = session !== undefined && session.close <= asOf;
    if (isEnded && isWhole(session, end - start, calendar, stepMs, leastCoverage)) slices.push({session, start, end});
    else if (session !== undefined) ++leftOut;
    start = end;
  }
  return {slices, leftOut};
}

function isWhole({date, open, close}: Session, bars: number, calendar: TradingCalendar, stepMs: number, least: number) {
  return !Object.hasOwn(calendar.special, date) && bars >= (least * (close - open)) / stepMs;
}
