import {
  sessionAt,
  sessionOn,
  sessionsBetween,
  shiftDate,
  type TradingCalendar
} from "../../services/domain/calendar.js";
import type {EpochMs} from "../../services/domain/time.js";
import {isIntraday, parseTimeframe, type Timeframe, timeframeMs} from "../../services/domain/timeframe.js";
import {dateIn} from "../../services/domain/zone.js";

/** Where bars stand on a tape: one place a bar, none for hours the venue was closed, empty places for absent bars. */
export interface TapeAxis {
  /** The place of each bar, rising, from 0. */
  readonly position: Float64Array;
  /** Places in all: 1 past the last bar's. */
  readonly length: number;
  /** Places of each session, in order: [first, end). Empty above intraday, where a bar is a session or more. */
  readonly sessions: readonly (readonly [start: number, end: number])[];
  /** Stretches of absent bars: places left empty, and how many bars they stand for. */
  readonly gaps: readonly {readonly start: number; readonly end: number; readonly missing: number}[];
}

/** By which timeframe and whose sessions places are counted, and how much of a hole is drawn. */
export interface TapeAxisOptions {
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
  /** A longer gap is drawn no wider than this, in places. */
  readonly widestGap?: number; // 24
}

/**
 * Lays bars out by trading time: a night takes no room, a hole in the data does.
 *
 * With minute bars at 09:15, 09:16 and 09:19 the places are 0, 1 and 4; the first bar of the next session is at 5.
 * Bars outside the calendar's hours take one place each.
 *
 * @param times when bars opened, rising
 */
export function tapeAxis(times: ArrayLike<EpochMs>, {timeframe, calendar, widestGap = 24}: TapeAxisOptions): TapeAxis {
  const absentBetween = absenceCounter(timeframe, calendar);
  const position = new Float64Array(times.length);
  const gaps: {start: number; end: number; missing: number}[] = [];
  for (let i = 1; i < times.length; ++i) {
    const missing = absentBetween(times[i - 1]!, times[i]!);
    const start = position[i - 1]! + 1;
    position[i] = start + Math.min(missing, widestGap);
    if (missing > 0) gaps.push({start, end: position[i]!, missing});
  }
  const length = times.length === 0 ? 0 : position[times.length - 1]! + 1;
  return {
    position,
    length,
    gaps,
    sessions: isIntraday(timeframe) ? sessionSpans(times, position, length, calendar) : []
  };
}

/** How many bars could stand between two neighbours and do not. */
function absenceCounter(timeframe: Timeframe, calendar: TradingCalendar): (from: EpochMs, to: EpochMs) => number {
  const lengthMs = timeframeMs(timeframe);
  const {unit, count} = parseTimeframe(timeframe);
  if (isIntraday(timeframe)) {
    return (from, to) => (to - from <= lengthMs ? 0 : Math.round(openMs(calendar, from + lengthMs, to) / lengthMs));
  }
  if (unit === "d" && count === 1) return (from, to) => datesBetween(calendar, from, to);
  return (from, to) => Math.max(0, Math.round((to - from) / lengthMs) - 1);
}

function openMs(calendar: TradingCalendar, start: EpochMs, end: EpochMs): number {
  return sessionsBetween(calendar, start, end).reduce(
    (sum, {open, close}) => sum + Math.min(close, end) - Math.max(open, start),
    0
  );
}

function datesBetween(calendar: TradingCalendar, from: EpochMs, to: EpochMs): number {
  const last = sessionDate(calendar, to);
  let n = 0;
  for (let date = shiftDate(sessionDate(calendar, from), 1); date < last; date = shiftDate(date, 1)) {
    if (sessionOn(calendar, date)) ++n;
  }
  return n;
}

function sessionDate(calendar: TradingCalendar, time: EpochMs): string {
  return sessionAt(calendar, time)?.date ?? dateIn(calendar.zone, time);
}

function sessionSpans(times: ArrayLike<EpochMs>, position: Float64Array, length: number, calendar: TradingCalendar) {
  const starts: number[] = [];
  let date = "";
  for (let i = 0; i < times.length; ++i) {
    const next = sessionDate(calendar, times[i]!);
    if (next !== date) starts.push(position[i]!);
    date = next;
  }
  return starts.map((start, i) => [start, starts[i + 1] ?? length] as const);
}
