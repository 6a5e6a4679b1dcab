import {type BarSeries, barColumns} from "../domain/bar.js";
import type {TradingCalendar} from "../domain/calendar.js";
import {DAY_MS, formatDate, type SessionDate} from "../domain/time.js";
import {isIntraday, type Timeframe} from "../domain/timeframe.js";
import {sessionDay} from "./coverage.js";

const priceColumns = barColumns.filter((name) => name !== "time");
/** Fewer bars than this may agree by chance or because nothing traded. */
const minimumBars = 20;

/** A day whose bars are those of an earlier day under another date: a feed that stands still. */
export interface RepeatedDay {
  readonly date: SessionDate;
  readonly of: SessionDate;
  readonly bars: number;
}

/**
 * Days that repeat another, bar for bar, prices and volumes. A day of fewer than 20 bars, or on which the price
 * never moved, is not counted; daily bars are compared with the one before.
 */
export function findRepeatedDays(bars: BarSeries, timeframe: Timeframe, calendar: TradingCalendar): RepeatedDay[] {
  return isIntraday(timeframe) ? findIntraday(bars, calendar) : findDaily(bars, calendar);
}

function findIntraday(bars: BarSeries, calendar: TradingCalendar): RepeatedDay[] {
  const repeated: RepeatedDay[] = [];
  const starts = new Map<number, {day: number; start: number; end: number}[]>();
  for (let start = 0, end = 0; start < bars.length; start = end) {
    const day = sessionDay(calendar, bars.time[start]!);
    while (end < bars.length && sessionDay(calendar, bars.time[end]!) === day) ++end;
    if (end - start < minimumBars || isFlat(bars, start, end)) continue;
    const key = fingerprint(bars, start, end);
    const same = starts.get(key) ?? [];
    const twin = same.find((other) => isSame(bars, other.start, other.end, start, end));
    if (twin) repeated.push({date: formatDate(day), of: formatDate(twin.day), bars: end - start});
    starts.set(key, [...same, {day, start, end}]);
  }
  return repeated;
}

function findDaily(bars: BarSeries, calendar: TradingCalendar): RepeatedDay[] {
  const dateOf = (row: number) => formatDate(sessionDay(calendar, bars.time[row]!));
  return Array.from({length: bars.length}, (_, row) => row)
    .filter((row) => row > 0 && !isFlat(bars, row, row + 1) && isSame(bars, row - 1, row, row, row + 1))
    .map((row) => ({date: dateOf(row), of: dateOf(row - 1), bars: 1}));
}

function isFlat({high, low}: BarSeries, start: number, end: number): boolean {
  for (let i = start; i < end; ++i) if (high[i] !== high[start] || low[i] !== high[start]) return false;
  return true;
}

function isSame(bars: BarSeries, start: number, end: number, otherStart: number, otherEnd: number): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  if ((bars.time[otherStart]! - bars.time[start]!) % (DAY_MS / 24) !== 0) return false;
  for (let i = 0; i < end - start; ++i)
    for (const name of priceColumns) if (bars[name][start + i] !== bars[name][otherStart + i]) return false;
  return true;
}

function fingerprint({close, volume}: BarSeries, start: number, end: number): number {
  let sum = end - start;
  for (let i = start; i < end; ++i) sum = (sum * 31 + close[i]! * 1e5 + volume[i]!) % 4294967291;
  return sum;
}
