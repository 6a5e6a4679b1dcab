import {type Bar, type BarSeries, barColumns, sliceBars} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {Gap} from "../../services/domain/dataset.js";
import type {EpochMs} from "../../services/domain/time.js";
import {type Timeframe, timeframeMs} from "../../services/domain/timeframe.js";
import type {TopicEvent} from "../../services/domain/wire.js";
import {barGaps} from "./bar-gaps.js";
import {type BarDifference, createHeardBars, type HeardBars} from "./heard-bars.js";
import {mergeBars} from "./merge-bars.js";

/** How a series is joined. */
export interface JoinOptions {
  readonly timeframe: Timeframe;
  /** The instrument's calendar, to know gaps by. */
  readonly calendar?: TradingCalendar;
}

/** Snapshot, replay and stream as one series. */
export interface JoinedSeries {
  /**
   * Final bars, oldest first, and the forming bar as the last row while there is one. The rows of final bars stay; the
   * row of a forming bar is written over by the next series of the same join.
   */
  readonly bars: BarSeries;
  readonly forming: Bar | undefined;
  /** Whether the forming bar's beginning was not seen. */
  readonly isPartial: boolean;
  /** Where the snapshot ends: the opening of the first bar after it; `undefined` while there is none. */
  readonly seam: EpochMs | undefined;
  /** Openings of bars that came from the source's history after the fact. */
  readonly healed: ReadonlySet<EpochMs>;
  /** Openings of final bars in which a finer bar is missing; none of bars as fine as the stream. */
  readonly incomplete: ReadonlySet<EpochMs>;
  /** Holes after the snapshot, by the calendar; empty without one. */
  readonly gaps: readonly Gap[];
  /** Final bars told otherwise later without a word of correction: what was shown first stands. */
  readonly differences: readonly BarDifference[];
  /** Recorded corrections, by the time their bar opened: the bar as it was shown before, and as it is now. */
  readonly corrections: ReadonlyMap<EpochMs, BarDifference>;
}

/** A series that grows. */
export interface SeriesJoin {
  /** @returns whether anything changed */
  apply(events: readonly TopicEvent[]): boolean;
  series(): JoinedSeries;
}

/**
 * Joins a snapshot with bar events by what identifies a bar: the time it opened. A final bar never changes once it is
 * there, save by a recorded correction. Events may come repeated, in any order, and from before the snapshot's end.
 *
 * @example
 * const join = createJoin(snapshot, {timeframe: "1m"});
 * client.listen({onEvents: (events) => join.apply(events)});
 * join.series().bars; // the snapshot's bars and what came since
 */
export function createJoin(snapshot: BarSeries, options: JoinOptions): SeriesJoin {
  const heard = createHeardBars(snapshot);
  let joined: JoinedSeries | undefined;
  let settled: SettledBars | undefined;

  function applyOne(event: TopicEvent): boolean {
    const change = event.type === "bar" ? heard.take(event) : undefined;
    if (change !== undefined) joined = undefined;
    if (change === "finals") settled = undefined;
    return change !== undefined;
  }

  return {
    apply: (events) => events.map(applyOne).includes(true),
    series() {
      settled ??= settleBars(snapshot, heard, options);
      joined ??= joinSeries(snapshot, heard, options, settled);
      return joined;
    }
  };
}

/** The final bars of a snapshot and of what was heard since, in one order. */
interface SettledBars extends Pick<JoinedSeries, "bars" | "gaps" | "seam"> {
  /** The same columns with one row to spare, for the forming bar. */
  readonly roomy: BarSeries;
}

const none: ReadonlySet<EpochMs> = new Set();

/**
 * One series of a snapshot and what was heard since, replayed or streamed, merged by the time a bar opened.
 *
 * @param settled the final bars of both where they are merged already; its spare row is written over
 */
function joinSeries(
  snapshot: BarSeries,
  heard: HeardBars,
  options: JoinOptions,
  {roomy, bars, gaps, seam}: SettledBars = settleBars(snapshot, heard, options)
): JoinedSeries {
  const {forming, healed, corrections, differences} = heard;
  if (forming) for (const name of barColumns) roomy[name][bars.length] = forming.bar[name];
  return {
    bars: forming ? roomy : bars,
    forming: forming?.bar,
    isPartial: forming?.partial === true,
    seam: seam ?? forming?.bar.time,
    healed,
    incomplete: none,
    gaps,
    differences: [...differences.values()],
    corrections
  };
}

function settleBars(snapshot: BarSeries, {finals}: HeardBars, {timeframe, calendar}: JoinOptions): SettledBars {
  const snapshotEnd = snapshot.time.at(-1) ?? -Infinity;
  const added = [...finals.values()].sort((a, b) => a.time - b.time);
  const roomy = mergeBars(snapshot, added);
  const bars = sliceBars(roomy, 0, roomy.length - 1);
  const seam = added.find(({time}) => time > snapshotEnd)?.time;
  const from = Math.max(snapshotEnd, bars.time[0] ?? Infinity);
  const gaps = calendar && from < Infinity ? barGaps(bars, {from, barMs: timeframeMs(timeframe), calendar}) : [];
  return {roomy, bars, seam, gaps};
}
