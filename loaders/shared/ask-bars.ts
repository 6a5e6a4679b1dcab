import type {BarSeries} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {EpochMs} from "../../services/domain/time.js";
import {type JoinContext, type JoinedBars, joinBars} from "../../services/snapshots/join-bars.js";
import {overlapStart} from "../../services/snapshots/overlap.js";
import {settledBars} from "../../services/snapshots/settled-bars.js";
import type {BarSource, SourcedBars} from "../../services/sources/bar-source.js";
import type {BarsSettings} from "../../services/sources/settings/settings.js";

/** A range of time: start ≤ t < end. */
export type Range = readonly [start: EpochMs, end: EpochMs];

/**
 * What to ask of a source that holds more than it must give each time: from a little before the last bar that is held,
 * and what lies before the first if settings want more history than was ever asked for.
 */
export function missingRanges(
  bars: BarSeries,
  {timeframe, askedFrom}: Dataset,
  wantedFrom: EpochMs,
  now: EpochMs
): Range[] {
  const first = bars.time[0]!;
  const newest: Range = [overlapStart(bars, timeframe!), now];
  return wantedFrom < (askedFrom ?? first) ? [[wantedFrom, first], newest] : [newest];
}

/** What every question about bars is asked with. */
export interface AskContext {
  readonly calendar: TradingCalendar;
  readonly now: EpochMs;
  readonly signal: AbortSignal;
}

/** The source's bars of each range, settled by *now*. */
export async function askBars(
  {instrument, symbol, timeframe}: BarsSettings,
  source: BarSource,
  ranges: readonly Range[],
  {calendar, now, signal}: AskContext
): Promise<SourcedBars[]> {
  const answers: SourcedBars[] = [];
  for (const [start, end] of ranges) {
    const answer = await source.bars({instrument, symbol, timeframe, start, end}, signal);
    answers.push({...answer, bars: settledBars(answer.bars, timeframe, calendar, now)});
  }
  return answers;
}

/**
 * Joins answers to what is held, one after another: between the ranges that were asked for nothing is missing that the
 * source was not asked about.
 */
export function joinAnswers(held: BarSeries, answers: readonly SourcedBars[], context: JoinContext): JoinedBars {
  return answers.reduce<JoinedBars>(
    (joined, {bars}) => {
      const next = joinBars(joined.bars, bars, {...context, restatements: joined.restatements});
      return {...next, added: joined.added + next.added};
    },
    {bars: held, added: 0, restatements: context.restatements}
  );
}

/** What sources said of several answers: rows that came twice, and their warnings, each once. */
export function toldOf(answers: readonly Told[]): Told {
  return {
    duplicateTimes: answers.flatMap(({duplicateTimes}) => duplicateTimes),
    warnings: [...new Set(answers.flatMap(({warnings}) => warnings))]
  };
}

/** What a source said of what it gave. */
export interface Told {
  readonly duplicateTimes: readonly EpochMs[];
  readonly warnings: readonly string[];
}
