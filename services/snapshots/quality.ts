import {assertBars, type BarSeries, barAt, barFault} from "../domain/bar.js";
import {sessionOnDay, type TradingCalendar} from "../domain/calendar.js";
import type {Dataset, Gap, OffSessionRows} from "../domain/dataset.js";
import {countOffSession} from "../domain/session-rows.js";
import {formatIso} from "../domain/time.js";
import {isIntraday, parseTimeframe, type Timeframe, timeframeMs} from "../domain/timeframe.js";
import {assessCoverage, sessionDay} from "./coverage.js";
import {findOutliers, formatOutlier} from "./outliers.js";
import {findRepeatedDays} from "./repeated-days.js";
import {SnapshotError} from "./snapshot-error.js";

/** What is known of a series of bars or ticks: how it covers its sessions, and what looks wrong, in plain words. */
export interface BarQuality {
  readonly coverage: Dataset["coverage"];
  readonly gaps: readonly Gap[];
  readonly offSession: OffSessionRows;
  readonly warnings: readonly string[];
}

const maximumGaps = 500;
const maximumNamed = 5;

/**
 * Judges a whole series against its calendar. What cannot be true is refused; what may be true but needs a person's
 * eye becomes a warning.
 *
 * @throws {SnapshotError} SNAPSHOT_REFUSED naming the bar, if prices, volume or order make no sense, or if the bars
 * are not of this timeframe
 */
export function assessBars(bars: BarSeries, timeframe: Timeframe, calendar: TradingCalendar): BarQuality {
  assertSense(bars);
  assertTimeframe(bars, timeframe);
  const {sessions, gaps} = assessCoverage(bars, timeframe, calendar);
  const {kept, warnings} = keepLongest(gaps);
  return {
    coverage: sessions,
    gaps: kept,
    offSession: offSessionRows(bars, timeframe, calendar),
    warnings: [
      ...warnings,
      ...nameFirst(
        "outliers",
        findOutliers(bars).map((outlier) => formatOutlier(outlier, "bar"))
      ),
      ...nameFirst(
        "repeated days",
        findRepeatedDays(bars, timeframe, calendar).map(
          ({date, of, bars: n}) => `${date} repeats ${of} (${n} bars): a stale feed?`
        )
      )
    ]
  };
}

function assertSense(bars: BarSeries): void {
  try {
    assertBars(bars);
  } catch (cause) {
    const row = Array.from(bars.time).findIndex((_, i) => barFault(barAt(bars, i)) !== undefined);
    const when = row >= 0 ? ` (${Number.isFinite(bars.time[row]) ? formatIso(bars.time[row]!) : bars.time[row]})` : "";
    throw new SnapshotError("SNAPSHOT_REFUSED", `${(cause as Error).message}${when}`, {cause});
  }
}

// Bars of five minutes kept as minutes would be wrong numbers everywhere, and no gap report would say so plainly.
function assertTimeframe({time, length}: BarSeries, timeframe: Timeframe): void {
  if (!isIntraday(timeframe) || length < 10) return;
  const steps = new Map<number, number>();
  for (let i = 1; i < length; ++i) steps.set(time[i]! - time[i - 1]!, (steps.get(time[i]! - time[i - 1]!) ?? 0) + 1);
  const stepMs = timeframeMs(timeframe);
  const shortest = Math.min(...steps.keys());
  const usual = [...steps].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  if (usual !== stepMs && !(shortest >= stepMs && (steps.get(stepMs) ?? 0) > 0))
    throw new SnapshotError("SNAPSHOT_REFUSED", `not bars of ${timeframe}: they mostly lie ${usual / 1000} s apart`);
}

// A week or a month may open on any day.
function offSessionRows({time}: BarSeries, timeframe: Timeframe, calendar: TradingCalendar): OffSessionRows {
  if (isIntraday(timeframe)) return countOffSession(calendar, time);
  let closedDay = 0;
  if (parseTimeframe(timeframe).unit !== "d") return {preOpen: 0, postClose: 0, closedDay};
  for (const moment of time) if (sessionOnDay(calendar, sessionDay(calendar, moment)) === undefined) ++closedDay;
  return {preOpen: 0, postClose: 0, closedDay};
}

/** The longest gaps, oldest first, and a warning where there are more. */
export function keepLongest(gaps: readonly Gap[]): {readonly kept: readonly Gap[]; readonly warnings: string[]} {
  if (gaps.length <= maximumGaps) return {kept: gaps, warnings: []};
  const kept = [...gaps].sort((a, b) => b.missing - a.missing).slice(0, maximumGaps);
  const warnings = [`${gaps.length} gaps; only the ${maximumGaps} longest are listed`];
  return {kept: kept.sort((a, b) => a.start - b.start), warnings};
}

/** The first few of what was found, and how many more there are: `3 more outliers`. */
export function nameFirst(what: string, all: readonly string[]): string[] {
  const more = all.length - maximumNamed;
  return [...all.slice(0, maximumNamed), ...(more > 0 ? [`${more} more ${what}`] : [])];
}
