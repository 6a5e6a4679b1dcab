import {daysAtOpen} from "../../../services/analytics/bars/days-at-open.js";
import {type BarSeries, barColumns, createBarSeries} from "../../../services/domain/bar.js";
import {barClose} from "../../../services/domain/bar-close.js";
import type {TradingCalendar} from "../../../services/domain/calendar.js";
import type {InstrumentId} from "../../../services/domain/instrument.js";
import {lowerBound} from "../../../services/domain/lower-bound.js";
import {isIntraday, type Timeframe, timeframeMs} from "../../../services/domain/timeframe.js";
import {readColumns} from "../../../services/snapshots/read-columns.js";

/** Daily closes of an instrument, each at the moment from which it was known. */
export interface KnownCloses {
  readonly knownAt: Float64Array;
  readonly close: Float64Array;
}

/**
 * One instrument's daily closes out of a file that holds the days of all.
 *
 * @throws {RangeError} if the file holds none of it; {SnapshotError} if it is damaged or something else
 */
export async function readKnownCloses(buffer: ArrayBuffer, id: InstrumentId, calendar: TradingCalendar) {
  const {columns, length} = await readColumns(buffer, ["instrument", ...barColumns]);
  const names = columns["instrument"]!;
  const rows = Array.from({length}, (_, i) => i).filter((i) => names[i] === id);
  if (rows.length === 0) throw new RangeError(`no daily bar to compare with: ${id}`);
  const bars = createBarSeries(rows.length);
  for (const name of barColumns) bars[name].set(rows.map((i) => columns[name]![i] as number));
  return knownCloses(daysAtOpen(bars, calendar), calendar);
}

/** Days as closes, each known when its session closed. */
export function knownCloses(days: BarSeries, calendar: TradingCalendar): KnownCloses {
  return {knownAt: days.time.map((time) => barClose(time, "1d", calendar)), close: days.close};
}

/**
 * At each bar the latest of another instrument's daily closes that was known when the bar closed; NaN before the first.
 * Nothing is looked up that could not have been known: a minute of Tuesday is held against Monday's close.
 */
export function closesAsOf(
  {time}: BarSeries,
  {knownAt, close}: KnownCloses,
  {timeframe, calendar}: {readonly timeframe: Timeframe; readonly calendar: TradingCalendar}
): Float64Array {
  const isWithinDay = isIntraday(timeframe);
  const lengthMs = isWithinDay ? timeframeMs(timeframe) : 0;
  return time.map((opening) => {
    const closed = isWithinDay ? opening + lengthMs : barClose(opening, timeframe, calendar);
    return close[lowerBound(knownAt, closed + 1) - 1] ?? NaN;
  });
}
