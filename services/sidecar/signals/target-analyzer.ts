import {createBucketRule} from "../../analytics/bars/bucket.js";
import type {TrendStartEvent} from "../../analytics/structure/trend-starts/trend-start-event.js";
import {createTrendStarts} from "../../analytics/structure/trend-starts/trend-starts.js";
import type {Bar} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";

/** A trend start, with the bar it sits on while that is remembered. */
export interface FoundStart {
  readonly event: TrendStartEvent;
  readonly bar: Bar | undefined;
  /** When it could first be stated: the close of the bar that triggered it. */
  readonly knownTime: EpochMs;
}

/** The trend starts of one instrument and timeframe, found as its bars become settled. */
export interface TargetAnalyzer {
  /** A final bar, in any order; one that was looked at already is passed over, its correction too. */
  put(bar: Bar): void;
  /** Looks at all bars that end by a moment up to which none is missing, in order. */
  advance(settledTo: EpochMs): FoundStart[];
  /** Opening of the last bar looked at. */
  readonly processedTime: EpochMs | undefined;
}

const REMEMBERED_BARS = 2_000;

/**
 * An analyzer that begins with its first bar. What it finds is what `trendStarts` finds in the same bars at once: bars
 * are looked at in order, each once, and only when every bar before is there.
 */
export function createTargetAnalyzer(timeframe: Timeframe, calendar: TradingCalendar): TargetAnalyzer {
  const detector = createTrendStarts();
  const bucketAt = createBucketRule(timeframe, calendar);
  const endOf = (time: EpochMs) => bucketAt(time)?.end ?? time;
  const waiting = new Map<EpochMs, Bar>();
  const recent = new Map<EpochMs, Bar>();
  let processedTime: EpochMs | undefined;

  function look(bar: Bar): FoundStart[] {
    processedTime = bar.time;
    recent.set(bar.time, bar);
    if (recent.size > REMEMBERED_BARS) recent.delete(recent.keys().next().value!);
    const knownTime = endOf(bar.time);
    return detector.next(bar).map((event) => ({event, bar: recent.get(event.time), knownTime}));
  }

  return {
    put(bar) {
      if (bar.time > (processedTime ?? -Infinity)) waiting.set(bar.time, bar);
    },
    advance(settledTo) {
      const due = [...waiting.values()].filter(({time}) => endOf(time) <= settledTo);
      for (const {time} of due) waiting.delete(time);
      return due.sort((a, b) => a.time - b.time).flatMap(look);
    },
    get processedTime() {
      return processedTime;
    }
  };
}
