import {sessionsBetween, type TradingCalendar} from "../../domain/calendar.js";
import type {ClockChange, ClockEvidence, ClockWeek} from "../../domain/clock-report.js";
import type {Deal} from "../../domain/deal.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS} from "../../domain/time.js";
import {zoneOffsetMs} from "../../domain/zone.js";
import type {ClockRule} from "../settings/source-settings.js";
import {createClock, formatClock} from "./clock.js";
import {canShowFault, checkClock, usualRules, wouldFit} from "./clock-check.js";
import {checkDealClock} from "./deal-clock.js";

const regions = [
  {region: "United States", zone: "America/New_York"},
  {region: "European Union", zone: "Europe/Brussels"}
] as const;

/**
 * What a server's clock does when America and Europe change theirs, in the years of two moments, oldest first.
 *
 * @throws {RangeError} if the rule's zone is unknown
 */
export function clockChanges(rule: ClockRule, from: EpochMs, to: EpochMs): ClockChange[] {
  const clock = createClock(rule);
  const [first, last] = [from, to].map((time) => new Date(time).getUTCFullYear()) as [number, number];
  const [start, end] = [Date.UTC(first, 0, 1), Date.UTC(last + 1, 0, 1)];
  const changes = regions.flatMap(({region, zone}) =>
    transitions(zone, start, end).map((time): ClockChange => {
      const before = time - MINUTE_MS;
      const [wallBefore, wallAt] = [clock.fromUtc(before), clock.fromUtc(time)];
      const [aheadBeforeMs, aheadAtMs] = [wallBefore - before, wallAt - time];
      return {region, time, wallBefore, wallAt, aheadBeforeMs, aheadAtMs};
    })
  );
  return changes.sort((a, b) => a.time - b.time);
}

/** Moments at which a zone's clock is moved, found by the day and then by the hour. */
function transitions(zone: string, start: EpochMs, end: EpochMs): EpochMs[] {
  const found: EpochMs[] = [];
  for (let day = start; day < end; day += DAY_MS) {
    if (zoneOffsetMs(zone, day) === zoneOffsetMs(zone, day + DAY_MS)) continue;
    let time = day + HOUR_MS;
    while (zoneOffsetMs(zone, time) === zoneOffsetMs(zone, day)) time += HOUR_MS;
    found.push(time);
  }
  return found;
}

/** A data set's times as evidence of a clock: when its rows opened, how long each lasts, and its market's week. */
export interface ClockRows {
  readonly dataset: string;
  /** Opening times in UTC as the rule gave them, rising. */
  readonly times: ArrayLike<EpochMs>;
  readonly rowMs: number; // 0 for ticks
  readonly calendar: TradingCalendar;
}

/** What rows that were made into UTC by a rule say of it: their weeks' edges, any fault, and which rules would do too. */
export function clockEvidence(rule: ClockRule, {dataset, times, rowMs, calendar}: ClockRows): ClockEvidence {
  if (!canShowFault(calendar))
    return {dataset, weeks: [], rivals: [], note: `${calendar.name} has no week's edge to hold a clock against`};
  const check = {rule, calendar, name: dataset, rowMs};
  const rivals = usualRules
    .filter(({zone, offsetHours}) => zone !== rule.zone || offsetHours !== rule.offsetHours)
    .map((rival) => ({rule: formatClock(rival), fits: wouldFit(times, check, rival)}));
  const fault = faultOf(() => checkClock(times, check));
  return {dataset, weeks: weeksIn(times, rowMs, calendar), rivals, ...(fault !== undefined && {fault})};
}

/** What deals that were made into UTC by a rule say of it: none may lie just beyond the week of its market. */
export function dealClockEvidence(
  rule: ClockRule,
  dataset: string,
  deals: readonly Deal[],
  calendarOf: (instrument: InstrumentId) => TradingCalendar | undefined
): ClockEvidence {
  const fault = faultOf(() => checkDealClock(deals, {rule, name: dataset, calendarOf}));
  const n = deals.filter(({type}) => type !== "balance").length;
  const note = `of ${n} dealt, none may lie within 14 hours beyond the week of its market`;
  return {dataset, weeks: [], rivals: [], note, ...(fault !== undefined && {fault})};
}

function faultOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Sessions that follow each other without a pause make a week; the first and the last may be cut and are left out. */
function weeksIn(times: ArrayLike<EpochMs>, rowMs: number, calendar: TradingCalendar): ClockWeek[] {
  const [first, last] = [times[0], times[times.length - 1]];
  if (first === undefined || last === undefined) return [];
  const weeks: {open: EpochMs; close: EpochMs}[] = [];
  for (const {open, close} of sessionsBetween(calendar, first, last)) {
    const week = weeks.at(-1);
    if (week && open - week.close < 12 * HOUR_MS) week.close = close;
    else weeks.push({open, close});
  }
  let row = 0;
  const found = weeks.map(({open, close}): ClockWeek | undefined => {
    while (row < times.length && times[row]! < open - DAY_MS / 2) ++row;
    const firstRow = times[row];
    while (row < times.length && times[row]! < close + DAY_MS / 2) ++row;
    const lastRow = times[row - 1];
    return firstRow === undefined || lastRow === undefined
      ? undefined
      : {open, firstRow, close, lastEnd: lastRow + rowMs};
  });
  return found.slice(1, -1).filter((week) => week !== undefined);
}
