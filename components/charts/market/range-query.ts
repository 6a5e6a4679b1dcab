import {lowerBound} from "../../../services/domain/lower-bound.js";
import type {EpochMs} from "../../../services/domain/time.js";
import type {RowRange} from "./place-range.js";

/** The part of a page's address that says what is in sight. */
export interface RangeText {
  readonly from: string | null;
  readonly to: string | null;
}

/** Bars as a range sees them: when each opened, and when its time was over. */
export interface BarSpans {
  readonly times: ArrayLike<EpochMs>;
  readonly endOf: (row: number) => EpochMs;
}

/** The bars shown where a link does not say: the latest so many. */
const homeBars = 120;

/** So few bars are no picture, where a range was chosen on a finer timeframe; then so many are shown about its middle. */
const fewestBars = 8;
const widenedBars = 60;

/** The rows that a chart begins with. */
export function homeRows(length: number): RowRange {
  return {first: Math.max(0, length - homeBars), end: length};
}

/**
 * Rows in sight as two moments in UTC, when the first opened and when the last ended, so that they mean the same at any
 * timeframe; nothing for the usual view.
 */
export function formatRange({times, endOf}: BarSpans, rows: RowRange): RangeText {
  const home = homeRows(times.length);
  const isHome = rows.first === home.first && rows.end === home.end;
  if (isHome || !(rows.first < rows.end)) return {from: null, to: null};
  return {from: momentText(times[rows.first]!), to: momentText(endOf(rows.end - 1))};
}

/**
 * Reads what `formatRange` wrote, at this timeframe or another: from the bar that holds *from* to the last one that
 * opened before *to*. Either may be missing, then the view reaches to that end of the bars. A range of a finer timeframe
 * that holds too few bars is widened about its middle.
 *
 * @returns rows to show, and what was wrong with the text where something was; then the usual view
 */
export function parseRange(spans: BarSpans, {from, to}: RangeText): {rows: RowRange; fault?: string} {
  const {times, endOf} = spans;
  const usual = homeRows(times.length);
  if (from === null && to === null) return {rows: usual};
  const [start, end] = [from === null ? -Infinity : parseMoment(from), to === null ? Infinity : parseMoment(to)];
  const bad = Number.isNaN(start) ? `from=${from}` : Number.isNaN(end) ? `to=${to}` : undefined;
  const shown = `shown are the latest ${Math.min(homeBars, times.length)} bars`;
  if (bad !== undefined) return {rows: usual, fault: `no moment: ${bad}; as 2026-03-02T09:30Z; ${shown}`};
  if (!(start < end)) return {rows: usual, fault: `from ${from} is not before to ${to}; ${shown}`};
  const last = times.length - 1;
  const isKept = last >= 0 && times[0]! < end && endOf(last) > start;
  if (isKept) return {rows: widened(rowsWithin(spans, start, end), spans, start, end)};
  const kept = last < 0 ? "none" : `${momentText(times[0]!)} to ${momentText(endOf(last))}`;
  return {rows: usual, fault: `no bar from ${from ?? "the first"} to ${to ?? "the last"}; kept are ${kept}; ${shown}`};
}

/** Rows whose time falls within a span, the bar that *start* lies in among them; none where it lies in a gap. */
function rowsWithin({times, endOf}: BarSpans, start: EpochMs, end: EpochMs): RowRange {
  const next = lowerBound(times, start);
  const first = next > 0 && endOf(next - 1) > start ? next - 1 : next;
  return {first, end: Math.max(first, lowerBound(times, end))};
}

/** The rows themselves where they are enough, or are just what was written; else more of them on both sides. */
function widened(rows: RowRange, {times, endOf}: BarSpans, start: EpochMs, end: EpochMs): RowRange {
  const count = rows.end - rows.first;
  const isWhole = count > 0 && times[rows.first] === start && endOf(rows.end - 1) === end;
  if (count >= fewestBars || isWhole || !Number.isFinite(end - start)) return rows;
  const room = Math.min(widenedBars, times.length);
  const middle = lowerBound(times, (start + end) / 2);
  const first = Math.max(0, Math.min(times.length - room, middle - Math.ceil(room / 2)));
  return {first, end: first + room};
}

function momentText(time: EpochMs): string {
  return new Date(time).toISOString().replace(/(:00)?\.000Z$/, "Z");
}

/** A moment of UTC to the minute, the second or the millisecond; NaN for anything else, a date that is none as well. */
function parseMoment(text: string): EpochMs {
  const match = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{3})?)?Z$/.test(text);
  const time = match ? Date.parse(text) : NaN;
  return match && !Number.isNaN(time) && text.startsWith(new Date(time).toISOString().slice(0, 10)) ? time : NaN;
}
