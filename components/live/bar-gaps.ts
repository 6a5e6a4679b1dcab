import type {BarSeries} from "../../services/domain/bar.js";
import {sessionsBetween, type TradingCalendar} from "../../services/domain/calendar.js";
import type {Gap} from "../../services/domain/dataset.js";
import type {EpochMs} from "../../services/domain/time.js";

/** Where to look for gaps, and by what. */
export interface BarGapsOptions {
  /** Opening of the bar from which on to look. */
  readonly from: EpochMs;
  readonly barMs: number;
  readonly calendar: TradingCalendar;
}

/**
 * Gaps: stretches of an intraday series in which the calendar says the venue was open and no bar is there, from *from*
 * to the last bar. Where nothing was dealt in a minute, that minute is a gap as well: who reads the bars cannot tell.
 *
 * @returns oldest first; each from the first absent opening to the end of the last absent bar
 */
export function barGaps({time, length}: BarSeries, {from, barMs, calendar}: BarGapsOptions): Gap[] {
  const last = time[length - 1] ?? -Infinity;
  if (!(from < last)) return [];
  const present = new Set(time.subarray(firstAt(time, from)));
  const gaps: Gap[] = [];
  for (const session of sessionsBetween(calendar, from, last + barMs)) {
    const end = Math.min(session.close, last + barMs);
    for (let open = session.open; open < end; open += barMs) {
      if (open < from || present.has(open)) continue;
      const before = gaps.at(-1);
      if (before?.end === open) gaps[gaps.length - 1] = {...before, end: open + barMs, missing: before.missing + 1};
      else gaps.push({start: open, end: open + barMs, missing: 1});
    }
  }
  return gaps;
}

function firstAt(time: Float64Array, from: EpochMs): number {
  const index = time.findIndex((one) => one >= from);
  return index < 0 ? time.length : index;
}
