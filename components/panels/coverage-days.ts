import {type Session, sessionOn, shiftDate, type TradingCalendar} from "../../services/domain/calendar.js";
import type {Dataset, Gap, Restatement} from "../../services/domain/dataset.js";
import type {SessionDate} from "../../services/domain/time.js";
import {dateIn} from "../../services/domain/zone.js";

/** How a day stands in a data set by its trading calendar. */
export type DayState = "full" | "partial" | "missing" | "closed" | "holiday" | "outside";

/** One day of a coverage calendar. */
export interface CoverageDay {
  readonly date: SessionDate;
  readonly state: DayState;
  readonly session: Session | undefined;
  /** Whether its session keeps other hours than usual. */
  readonly isSpecial: boolean;
  /** Bars, or five minutes with a tick; for daily bars one a session. */
  readonly found: number | undefined;
  readonly expected: number | undefined;
}

type Covered = Pick<Dataset, "coverage" | "gaps" | "firstTime" | "lastTime" | "timeframe">;

/**
 * The days of a year as a data set holds them, by the trading calendar of its venue. What lies before its first row or
 * after its last is `outside`: a history that begins or ends there, and no gap.
 */
export function coverageDays(dataset: Covered, calendar: TradingCalendar, year: number): CoverageDay[] {
  const byDate = new Map(dataset.coverage.map((session) => [session.date, session]));
  const [first, last] = [sessionDate(calendar, dataset.firstTime), sessionDate(calendar, dataset.lastTime)];
  const days: CoverageDay[] = [];
  for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = shiftDate(date, 1)) {
    const session = sessionOn(calendar, date);
    const isSpecial = Object.hasOwn(calendar.special, date);
    if (session === undefined) {
      const state = calendar.holidays.includes(date) ? "holiday" : "closed";
      days.push({date, state, session, isSpecial, found: undefined, expected: undefined});
      continue;
    }
    if (first === undefined || last === undefined || date < first || date > last) {
      days.push({date, state: "outside", session, isSpecial, found: undefined, expected: undefined});
      continue;
    }
    const counted = byDate.get(date) ?? (dataset.coverage.length === 0 ? wholeDay(dataset.gaps, session) : undefined);
    const {found, expected} = counted ?? {found: 0, expected: undefined};
    const state = found === 0 ? "missing" : expected !== undefined && found < expected ? "partial" : "full";
    days.push({date, state, session, isSpecial, found, expected});
  }
  return days;
}

/** A daily bar is there unless a gap holds its session. */
function wholeDay(gaps: readonly Gap[], {open, close}: Session): {found: number; expected: number} {
  const isMissing = gaps.some(({start, end}) => start <= open && close <= end);
  return {found: isMissing ? 0 : 1, expected: 1};
}

function sessionDate(calendar: TradingCalendar, time: number | null): SessionDate | undefined {
  if (time === null) return undefined;
  for (const shift of [0, 1]) {
    const date = shiftDate(dateIn(calendar.zone, time), shift);
    const session = sessionOn(calendar, date);
    if (session && time < session.close) return date;
  }
  return dateIn(calendar.zone, time);
}

/** What is known of one day beyond its counts: gaps and restatements that lie in its session. */
export function dayRecords(
  {gaps, restatements}: Pick<Dataset, "gaps" | "restatements">,
  {session}: Pick<CoverageDay, "session">
): {gaps: readonly Gap[]; restatements: readonly Restatement[]} {
  if (session === undefined) return {gaps: [], restatements: []};
  const {open, close} = session;
  return {
    gaps: gaps.filter(({start, end}) => start < close && end > open),
    restatements: restatements.filter(({time, until = time}) => time < close && until >= open)
  };
}

/** Years in which a data set has rows, latest first. */
export function coveredYears({firstTime, lastTime}: Pick<Dataset, "firstTime" | "lastTime">, zone: string): number[] {
  if (firstTime === null || lastTime === null) return [];
  const [first, last] = [firstTime, lastTime].map((time) => Number(dateIn(zone, time).slice(0, 4))) as [number, number];
  return Array.from({length: last - first + 1}, (_, i) => last - i);
}
