import {createBarFold} from "../../analytics/bars/fold.js";
import {type Bar, barAt, barColumns, createBarSeries} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";

/** What the sidecar builds, finest first: each after the first from one before it. */
export const ladder = ["1s", "1m", "3m", "5m", "15m", "1h", "1d"] as const satisfies readonly Timeframe[];

/** How long after its end a bar may still be corrected, and waits for ticks that are under way. */
export const GRACE_MS = 2_000;
/** How long a bar that is over waits for its feed to have covered its end. */
export const PROOF_MS = 15_000;
/** How far the venue's clock may be ahead of ours. */
export const CLOCK_TOLERANCE_MS = 2_000;

/** Final bars of a level remembered: a week of minutes round the clock, and more. */
export const FINALS_KEPT = 12_000;

/** Bars of one timeframe as they stand now, by their opening: final ones, and the one that is forming. */
export interface Level {
  /** The length of its bars, in milliseconds. */
  readonly stepMs: number;
  at(time: EpochMs): Bar | undefined;
  /** Whether a bar came from the source's history, wholly or in part. */
  isHealed(time: EpochMs): boolean;
}

/** The time of one bar: start ≤ t < end. */
export interface Span {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** One bar of parts that lie in it, by the fold that all bars come through; `undefined` of none. */
export function createPartsFold(
  timeframe: Timeframe,
  calendar: TradingCalendar
): (parts: Iterable<Bar>) => Bar | undefined {
  const target = createBarSeries(1);
  const fold = createBarFold(timeframe, calendar, target);
  return (parts) => {
    fold.restart();
    for (const {time, open, high, low, close, volume} of parts) fold.add(time, open, high, low, close, volume);
    return fold.rows > 0 ? barAt(target, 0) : undefined;
  };
}

/** The openings of a level's bars within a longer bar: they count from the same session's open. */
export function* openingsIn({start, end}: Span, stepMs: number): Generator<EpochMs> {
  for (let time = start; time < end; time += stepMs) yield time;
}

/** A level's bars within a longer bar, as they stand. */
export function* partsIn(span: Span, level: Level): Generator<Bar> {
  for (const time of openingsIn(span, level.stepMs)) {
    const bar = level.at(time);
    if (bar) yield bar;
  }
}

/** Whether two bars say the same. */
export function isSameBar(a: Bar, b: Bar): boolean {
  return barColumns.every((name) => a[name] === b[name]);
}

/** Drops the oldest of what was put in order of time, once there are twice as many as are to be kept. */
export function keepNewest<T>(byTime: Map<EpochMs, T>, count: number): void {
  if (byTime.size <= 2 * count) return;
  for (const time of [...byTime.keys()].sort((a, b) => a - b).slice(0, -count)) byTime.delete(time);
}
