import type {BarSeries} from "../domain/bar.js";
import {type Session, sessionAt, sessionOnDay, sessionsBetween, type TradingCalendar} from "../domain/calendar.js";
import type {Dataset, Gap} from "../domain/dataset.js";
import {DAY_MS} from "../domain/time.js";
import {daySpan, isIntraday, parseTimeframe, type Timeframe, timeframeMs} from "../domain/timeframe.js";
import {dayIn} from "../domain/zone.js";

/** How well bars cover the sessions between the first and the last of them. */
export interface Coverage {
  /** Sessions with the bars found and expected; empty for bars of a day and longer. */
  readonly sessions: Dataset["coverage"];
  readonly gaps: readonly Gap[];
}

/** When rows lie: all that coverage looks at. */
export type Times = Pick<BarSeries, "time" | "length">;

/**
 * Compares bars with the sessions of their calendar, from the first bar to the last: what lies beyond is not a gap but
 * a history that begins or ends there. Bars inside a session are counted by the slot in which they open. Days that
 * are missing one after another are one gap, and so are weeks and months: one is missing where its venue had a session
 * in it. Bars of several days, weeks or months are not compared, since sources count those from where they like.
 */
export function assessCoverage(bars: Times, timeframe: Timeframe, calendar: TradingCalendar): Coverage {
  if (bars.length === 0) return {sessions: [], gaps: []};
  if (isIntraday(timeframe)) return assessIntraday(bars, timeframeMs(timeframe), calendar);
  const {count, unit} = parseTimeframe(timeframe);
  if (count > 1) return {sessions: [], gaps: []};
  return {
    sessions: [],
    gaps: unit === "d" ? findMissingDays(bars, calendar) : findMissingSpans(bars, timeframe, calendar)
  };
}

function assessIntraday({time, length}: Times, stepMs: number, calendar: TradingCalendar): Coverage {
  const [first, last] = [time[0]!, time[length - 1]!];
  const sessions: {date: string; found: number; expected: number}[] = [];
  const gaps = createGaps();
  let row = 0;
  for (const {date, open, close} of sessionsBetween(calendar, first, last + 1)) {
    const slotAt = (moment: number) => Math.floor((moment - open) / stepMs);
    const start = Math.max(0, slotAt(first));
    const end = Math.min(Math.ceil((close - open) / stepMs), slotAt(last) + 1);
    let found = 0;
    let next = start;
    while (row < length && time[row]! < open) ++row;
    for (; row < length && time[row]! < close; ++row) {
      const slot = slotAt(time[row]!);
      if (slot < next) continue; // two bars in one slot count once
      gaps.add(open + next * stepMs, open + slot * stepMs, slot - next);
      gaps.end();
      ++found;
      next = slot + 1;
    }
    gaps.add(open + next * stepMs, Math.min(close, open + end * stepMs), end - next);
    if (end > start) sessions.push({date, found, expected: end - start});
  }
  return {sessions, gaps: gaps.list};
}

function findMissingDays({time, length}: Times, calendar: TradingCalendar): readonly Gap[] {
  const gaps = createGaps();
  let row = 0;
  const [first, last] = [time[0]!, time[length - 1]!];
  for (let day = dayIn(calendar.zone, first); day <= dayIn(calendar.zone, last) + 1; ++day) {
    const session = sessionOnDay(calendar, day);
    while (row < length && sessionDay(calendar, time[row]!) < day) ++row;
    if (row >= length) break;
    if (session === undefined || day < sessionDay(calendar, first)) continue;
    if (sessionDay(calendar, time[row]!) === day) gaps.end();
    else gaps.add(session.open, session.close, 1);
  }
  return gaps.list;
}

function findMissingSpans({time, length}: Times, timeframe: Timeframe, calendar: TradingCalendar): readonly Gap[] {
  const spanAt = (row: number) => daySpan(sessionDayFrom(calendar, time[row]!), timeframe);
  const held = new Set(Array.from({length}, (_, row) => spanAt(row).first));
  const gaps = createGaps();
  const last = spanAt(length - 1).first;
  for (let span = spanAt(0); span.first <= last; span = daySpan(span.next, timeframe)) {
    const days = Array.from({length: span.next - span.first}, (_, i) => sessionOnDay(calendar, span.first + i));
    const sessions = days.filter((session) => session !== undefined);
    if (sessions.length === 0) continue;
    if (held.has(span.first)) gaps.end();
    else gaps.add(sessions[0]!.open, sessions.at(-1)!.close, 1);
  }
  return gaps.list;
}

/** The day of the session that holds a moment, or of the next: MetaTrader's weeks open on a Saturday in New York. */
function sessionDayFrom(calendar: TradingCalendar, time: number): number {
  const held = sessionAt(calendar, time);
  if (held !== undefined) return sessionDay(calendar, time);
  const today = dayIn(calendar.zone, time);
  const days = Array.from({length: 9}, (_, i) => today + i);
  return days.find((day) => (sessionOnDay(calendar, day)?.open ?? -Infinity) >= time) ?? today;
}

/**
 * The day of the session that a daily bar stands for, counted from 1970-01-01: the session that holds its opening
 * time, as 17:00 in New York, or else its date on the venue's wall clock, as midnight in India.
 */
export function sessionDay(calendar: TradingCalendar, time: number): number {
  const session: Session | undefined = sessionAt(calendar, time);
  return session === undefined ? dayIn(calendar.zone, time) : Date.parse(`${session.date}T00:00:00Z`) / DAY_MS;
}

/** Gaps as they are found; one goes on through the closed hours until a bar ends it. */
function createGaps() {
  const list: Gap[] = [];
  let isOpen = false;
  return {
    list,
    add(start: number, end: number, missing: number) {
      if (!(missing > 0)) return;
      const previous = isOpen ? list.pop() : undefined;
      list.push({start: previous?.start ?? start, end, missing: missing + (previous?.missing ?? 0)});
      isOpen = true;
    },
    end() {
      isOpen = false;
    }
  };
}
