import type {TradingCalendar} from "../../domain/calendar.js";
import {SourceError} from "../../domain/source-error.js";
import {DAY_MS, type EpochMs, formatIso, HOUR_MS, MINUTE_MS} from "../../domain/time.js";
import {fromWall, toWall} from "../../domain/zone.js";
import type {ClockRule} from "../settings/source-settings.js";
import {createClock, formatClock} from "./clock.js";

const WEEK_MS = 7 * DAY_MS;
const TOLERANCE_MS = 10 * MINUTE_MS;
const EVIDENCE_MS = 30 * MINUTE_MS;
/** Bars further from the week's edge than this are weekend rows of another kind, not a shifted clock. */
const REACH_MS = 14 * HOUR_MS;
/** The clocks that brokers' servers usually keep. */
export const usualRules: readonly ClockRule[] = [
  {zone: "America/New_York", offsetHours: 7},
  {zone: "Europe/Athens", offsetHours: 0},
  {zone: "Europe/London", offsetHours: 0},
  {zone: "UTC", offsetHours: 0}
];

/** What times are held against: the rule that made them, the week of their market, and how much counts as proof. */
export interface ClockCheck {
  readonly rule: ClockRule;
  /** The calendar of the instrument: only one that trades round the clock from Monday to Friday can show a fault. */
  readonly calendar: TradingCalendar;
  /** What the times are of, for the message. */
  readonly name: string;
  /** How long each row lasts: the bar's length, 0 for ticks and deals. */
  readonly rowMs: number;
  /** Time that rows beyond an edge must cover to count, half an hour unless told: 0 where a single row is proof. */
  readonly evidenceMs?: number;
}

/** What the data show around one weekend. */
interface Weekend {
  readonly close: EpochMs;
  readonly open: EpochMs;
  /** Rows wholly beyond the close, within reach of it. */
  firstBeyond?: EpochMs;
  lastBeyond?: EpochMs;
  /** Rows before the open, within reach of it. */
  firstEarly?: EpochMs;
  lastEarly?: EpochMs;
  /** The first row of the week after. */
  firstAfter?: EpochMs;
}

interface Fault {
  readonly kind: "open" | "close";
  readonly expected: EpochMs;
  readonly seen: EpochMs;
}

/**
 * Checks a clock rule against the weekly open and close in the data: under the right rule no bar lies beyond them.
 * The edges are in the calendar's zone, so that weeks in which only America or only Europe has changed its clocks tell
 * the two rules apart.
 *
 * @param times opening times in UTC as the rule gives them, rising
 * @throws {SourceError} SOURCE_CLOCK with what was expected, what was seen, and a rule that would fit if there is one
 */
export function checkClock(times: ArrayLike<EpochMs>, check: ClockCheck): void {
  const fault = findFault(times, check);
  if (fault === undefined) return;
  throw new SourceError(
    "SOURCE_CLOCK",
    `${check.name}: times disagree with the clock rule ${formatClock(check.rule)}: expected the week to ${fault.kind} at ` +
      `${formatIso(fault.expected)}, saw it ${fault.kind} at ${formatIso(fault.seen)}; ${hint(times, check)}`
  );
}

/**
 * Whether nothing in the times contradicts another rule: what the stated rule made of the server's clock is taken back
 * and made into UTC by the other.
 *
 * @param times as `checkClock`, by the rule of *check*
 */
export function wouldFit(times: ArrayLike<EpochMs>, check: ClockCheck, rule: ClockRule): boolean {
  const [stated, clock] = [createClock(check.rule), createClock(rule)];
  const other = Array.from(times, (time) => clock.toUtc(stated.fromUtc(time)));
  return findFault(other, {...check, rule}) === undefined && reachesEdges(other, check);
}

/** Whether a calendar can show a clock's fault at all: only one that trades round the clock has a week's edge. */
export function canShowFault(calendar: TradingCalendar): boolean {
  return isRoundTheClock(calendar);
}

function hint(times: ArrayLike<EpochMs>, check: ClockCheck): string {
  const fitting = usualRules.find((rule) => wouldFit(times, check, rule));
  const remedy = "correct the source's clock in settings";
  return fitting === undefined ? remedy : `${remedy}: ${formatClock(fitting)} would fit`;
}

/** Whether the times come near the week's open at all: a rule that shifts all bars into the middle fits nothing. */
function reachesEdges(times: ArrayLike<EpochMs>, {calendar}: ClockCheck): boolean {
  for (let i = 0; i < times.length; ++i) {
    const {open} = weekOf(calendar, times[i]!);
    if (times[i]! >= open && times[i]! < open + 90 * MINUTE_MS) return true;
  }
  return times.length === 0;
}

function findFault(
  times: ArrayLike<EpochMs>,
  {calendar, rowMs, evidenceMs = EVIDENCE_MS}: ClockCheck
): Fault | undefined {
  if (!isRoundTheClock(calendar) || rowMs > 4 * HOUR_MS) return undefined;
  for (const weekend of weekendsIn(times, calendar)) {
    const fault = closeFault(weekend, rowMs, evidenceMs) ?? openFault(weekend, rowMs, evidenceMs);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function weekendsIn(times: ArrayLike<EpochMs>, calendar: TradingCalendar): Weekend[] {
  const weekends: Weekend[] = [];
  let week = {open: 0, close: Number.NEGATIVE_INFINITY, nextOpen: Number.NEGATIVE_INFINITY};
  let weekend: Weekend | undefined;
  for (let i = 0; i < times.length; ++i) {
    const time = times[i]!;
    if (!(time < week.nextOpen)) {
      week = weekOf(calendar, time);
      if (weekend !== undefined && weekend.open === week.open) weekend.firstAfter = time;
      weekend = {close: week.close, open: week.nextOpen};
      weekends.push(weekend);
    }
    if (time >= week.close && weekend !== undefined) addBeyond(weekend, time);
  }
  return weekends;
}

function addBeyond(weekend: Weekend, time: EpochMs): void {
  if (time < weekend.close + REACH_MS) {
    weekend.firstBeyond ??= time;
    weekend.lastBeyond = time;
  } else if (time > weekend.open - REACH_MS) {
    weekend.firstEarly ??= time;
    weekend.lastEarly = time;
  }
}

/** Rows go on well after the close; or a little after it, and the next week begins as late. */
function closeFault(
  {close, open, firstBeyond, lastBeyond, firstAfter}: Weekend,
  rowMs: number,
  evidenceMs: number
): Fault | undefined {
  if (firstBeyond === undefined || lastBeyond === undefined) return undefined;
  const isLasting = lastBeyond - firstBeyond + rowMs >= evidenceMs;
  const isLate = firstAfter !== undefined && firstAfter - open >= Math.max(rowMs, EVIDENCE_MS);
  if (!(isLasting && (lastBeyond >= close + TOLERANCE_MS || isLate))) return undefined;
  return {kind: "close", expected: close, seen: lastBeyond + rowMs};
}

/** Rows begin well before the open. Long ones begin on the server's own grid, and may begin before it. */
function openFault({open, firstEarly, lastEarly}: Weekend, rowMs: number, evidenceMs: number): Fault | undefined {
  if (firstEarly === undefined || lastEarly === undefined) return undefined;
  const isEarly = rowMs > HOUR_MS ? firstEarly + rowMs <= open : firstEarly < open - TOLERANCE_MS;
  if (!(isEarly && lastEarly - firstEarly + rowMs >= evidenceMs)) return undefined;
  return {kind: "open", expected: open, seen: firstEarly};
}

/** Whether sessions follow each other without a pause from the first weekday to the last, and not at the weekend. */
function isRoundTheClock({weekdays, openMinute, closeMinute}: TradingCalendar): boolean {
  return closeMinute - openMinute >= 22 * 60 && weekdays.length > 0 && weekdays.length < 7;
}

/** The trading week around a moment: its open and close, and the open after it. */
function weekOf(calendar: TradingCalendar, time: EpochMs) {
  const {zone, weekdays, openMinute, closeMinute} = calendar;
  const first = Math.min(...weekdays) * DAY_MS + openMinute * MINUTE_MS;
  const last = Math.max(...weekdays) * DAY_MS + closeMinute * MINUTE_MS;
  const wall = toWall(zone, time);
  const sunday = Math.floor((wall - first - 3 * DAY_MS) / WEEK_MS) * WEEK_MS + 3 * DAY_MS; // 1970-01-04
  return {
    open: fromWall(zone, sunday + first),
    close: fromWall(zone, sunday + last),
    nextOpen: fromWall(zone, sunday + WEEK_MS + first)
  };
}
