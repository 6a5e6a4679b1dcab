import {createBucketRule} from "../../analytics/bars/bucket.js";
import type {Bar} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";
import {type Timeframe, timeframeMs} from "../../domain/timeframe.js";
import type {Topic} from "../../domain/wire.js";
import type {Hub} from "../topics/hub.js";
import {
  createPartsFold,
  FINALS_KEPT,
  isSameBar,
  keepNewest,
  type Level,
  openingsIn,
  PROOF_MS,
  partsIn,
  type Span
} from "./level.js";
import type {LiveSeries} from "./live-series.js";

/** What a coarse series is made of. */
export interface CoarseSeriesOptions {
  readonly topic: Topic;
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
  readonly hub: Hub;
  /** What its bars are made of: the longest finer level that divides it. */
  readonly source: Level;
  /** The minutes below, which know what is settled. */
  readonly base: Pick<LiveSeries, "isSettled" | "doubt" | "coveredFrom">;
  readonly origin: EpochMs;
}

/** One instrument's bars of a timeframe that is made of a finer one, announced as they form and close. */
export interface CoarseSeries extends Level {
  /** A finer bar that opens at a time is new or another. */
  touch(time: EpochMs): void;
  /** Announces what has become final since the last call. */
  settle(): void;
  /** Announces the forming bar if it has changed, and asks for proof of one that is over. */
  closeDue(now: EpochMs): void;
}

/**
 * A coarse series: a bar is final when every minute in it is final or known not to exist. What it says equals the
 * cascade over the final minutes, bit for bit; it is healed where one of them is, and corrected where one of them was.
 */
export function createCoarseSeries(options: CoarseSeriesOptions): CoarseSeries {
  const {topic, timeframe, calendar, hub, source, base, origin} = options;
  const bucketAt = createBucketRule(timeframe, calendar);
  const foldParts = createPartsFold(timeframe, calendar);
  const finals = new Map<EpochMs, {readonly bar: Bar; readonly isHealed: boolean}>();
  const pending = new Map<EpochMs, Span>();
  let newest: Span | undefined;
  let isChanged = false;
  let coveredFrom = NaN;

  const fold = (span: Span) => foldParts(partsIn(span, source));

  function announce(span: Span): void {
    const bar = fold(span);
    const said = finals.get(span.start)?.bar;
    if (!bar || (said && isSameBar(said, bar))) return;
    const isHealed = [...openingsIn(span, source.stepMs)].some(source.isHealed);
    finals.set(span.start, {bar, isHealed});
    keepNewest(finals, FINALS_KEPT);
    const mark = isHealed ? {healed: true as const} : {};
    hub.publish(topic, [{type: "bar", bar, final: true, ...mark, ...(said ? {corrects: said} : {})}]);
  }

  function cover(): void {
    const from = base.coveredFrom;
    if (from === coveredFrom) return;
    coveredFrom = from;
    const span = from > origin && from < Infinity ? bucketAt(from - 1) : undefined;
    hub.coverFrom(topic, span?.end ?? from);
  }

  function tellForming(): void {
    if (!isChanged || !newest || !pending.has(newest.start) || finals.has(newest.start)) return;
    isChanged = false;
    const bar = fold(newest);
    if (!bar) return;
    const partial = base.coveredFrom > newest.start ? {partial: true as const} : {};
    hub.publish(topic, [{type: "bar", bar, final: false, ...partial}]);
  }

  return {
    stepMs: timeframeMs(timeframe),
    at(time) {
      const span = pending.get(time);
      return span ? fold(span) : finals.get(time)?.bar;
    },
    isHealed: (time) => finals.get(time)?.isHealed === true,
    touch(time) {
      const isNewest = newest !== undefined && newest.start <= time && time < newest.end;
      const span = isNewest ? newest : bucketAt(time);
      if (!span) return;
      isChanged = true;
      pending.set(span.start, span);
      if (!newest || span.start > newest.start) newest = span;
    },
    settle() {
      for (const span of pending.values()) {
        if (!base.isSettled(span)) continue;
        pending.delete(span.start);
        announce(span);
      }
      cover();
    },
    closeDue(now) {
      if (newest && pending.has(newest.start) && now >= newest.end + PROOF_MS) base.doubt(newest.end);
      tellForming();
    }
  };
}
