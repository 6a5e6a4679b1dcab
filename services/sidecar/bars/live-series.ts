import {createBucketRule} from "../../analytics/bars/bucket.js";
import type {Bar} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";
import {type Timeframe, timeframeMs} from "../../domain/timeframe.js";
import type {Topic} from "../../domain/wire.js";
import type {SidecarEffects} from "../effects.js";
import type {Hub} from "../topics/hub.js";
import {createHealer, type PullBars} from "./healer.js";
import {
  CLOCK_TOLERANCE_MS,
  createPartsFold,
  FINALS_KEPT,
  GRACE_MS,
  isSameBar,
  keepNewest,
  type Level,
  PROOF_MS,
  partsIn,
  type Span
} from "./level.js";

/** What a live series is made of. */
export interface LiveSeriesOptions {
  readonly topic: Topic;
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
  readonly hub: Hub;
  /** What its bars are made of. */
  readonly source: Level;
  readonly pull: PullBars;
  /** History is wanted from here on. */
  readonly origin: EpochMs;
  /** Final bars that were announced before this process began, which history does not replace. */
  readonly known?: readonly Bar[];
  /** Called when holes change, with the error where history could not be had. */
  readonly onChange: (error?: unknown) => void;
  /** Called with the opening of each bar that is new or another than before. */
  readonly onBar: (time: EpochMs) => void;
}

/** One instrument's bars of the timeframe that its source keeps a history of, announced as they form and close. */
export interface LiveSeries extends Level {
  readonly holes: number;
  readonly corrected: number;
  /** From when on no final bar is missing; Infinity while one may be. */
  readonly coveredFrom: EpochMs;
  /** The source has a new part at a time. */
  touch(time: EpochMs, isKnown: boolean): void;
  /** Ticks have come up to a time, in order. */
  advance(time: EpochMs): void;
  /** Ticks come without a break from this moment on. */
  resume(time: EpochMs): void;
  /** Ticks may be missing after *coveredTo*. */
  interrupt(coveredTo: EpochMs): void;
  /** Closes what is over; the feed has given all ticks up to *coveredTo*. */
  closeDue(now: EpochMs, coveredTo: EpochMs): void;
  /** History is said to have the bar at a time: it is asked for, unless ticks make it. */
  ask(time: EpochMs): void;
  /** Up to where every bar is final or does not exist. */
  readonly settledTo: EpochMs;
  /** Whether every bar of a span is final or does not exist. */
  isSettled(span: Span): boolean;
  /** Nothing proves that all bars up to a moment are there: those that were not closed are asked of history. */
  doubt(end: EpochMs): void;
  stop(): void;
}

/** A final bar, and whether it was made here of ticks, or is the source's history. */
interface Final {
  readonly bar: Bar;
  readonly isOwn: boolean;
  readonly isHealed: boolean;
}

/**
 * A live series that announces no false bar. A bar goes out as final only if ticks came without a break from before
 * its opening until after its end; every other stretch is a hole, and its bars come from the source's history, marked
 * as healed. A bar closes with the next tick, or by time after a grace of 2 s once the feed has covered its end; if it
 * has not within 15 s, the feed may be mute, and the bar is a hole. A final bar changes only by a part of it that
 * came late, within the grace, and is then said again with what it was.
 */
export function createLiveSeries(options: LiveSeriesOptions, effects: SidecarEffects): LiveSeries {
  const {topic, timeframe, calendar, hub, source, pull, origin, known = [], onChange, onBar} = options;
  const bucketAt = createBucketRule(timeframe, calendar);
  const foldParts = createPartsFold(timeframe, calendar);
  const startOf = (time: EpochMs) => bucketAt(time)?.start ?? time;
  const endOf = (time: EpochMs) => bucketAt(time)?.end ?? time;
  const healer = createHealer({pull, startOf, endOf, onBars: heal, onChange: cover}, effects);
  const finals = new Map<EpochMs, Final>();
  let corrected = 0;
  let forming: (Span & {readonly bar: Bar}) | undefined;
  let wholeFrom = Infinity;
  let openHole: EpochMs | undefined = startOf(effects.now());
  let closedTo = openHole;
  let coveredFrom = Infinity;

  function cover(error?: unknown): void {
    const lastEnd = Math.max(origin, ...healer.holes().map(({end}) => end));
    coveredFrom = openHole === undefined ? lastEnd : Infinity;
    hub.coverFrom(topic, coveredFrom);
    onChange(error);
  }

  function announce(bar: Bar, {isOwn, isHealed}: Omit<Final, "bar">): void {
    const said = finals.get(bar.time);
    if (said && isSameBar(said.bar, bar)) return;
    if (said) corrected += 1;
    finals.set(bar.time, {bar, isOwn, isHealed});
    keepNewest(finals, FINALS_KEPT);
    const mark = {...(isHealed ? {healed: true as const} : {}), ...(said ? {corrects: said.bar} : {})};
    hub.publish(topic, [{type: "bar", bar, final: true, ...mark}]);
    onBar(bar.time);
  }

  /** Of what was said history may correct only what was made here of ticks, of which some were missed. */
  function heal(bars: readonly Bar[]): void {
    for (const bar of bars) if (finals.get(bar.time)?.isOwn !== false) announce(bar, {isOwn: false, isHealed: true});
  }

  const isInHole = (time: EpochMs) => healer.holes().some(({start, end}) => start <= time && time < end);
  const isWhole = (time: EpochMs) => time >= wholeFrom && !isInHole(time) && finals.get(time)?.isOwn !== false;

  function distrust({start, end}: Span): void {
    if (start < wholeFrom || isInHole(start)) return;
    healer.fill({start, end});
  }

  function finish(bar: Bar): void {
    if (isWhole(bar.time)) announce(bar, {isOwn: true, isHealed: false});
  }

  function advance(time: EpochMs): void {
    if (forming && forming.end <= time) {
      const {bar} = forming;
      forming = undefined;
      finish(bar);
    }
    closedTo = Math.max(closedTo, startOf(time));
  }

  function touch(time: EpochMs, isKnown: boolean): void {
    const span = bucketAt(time);
    const bar = span && foldParts(partsIn(span, source));
    if (!span || !bar) return;
    if (!isKnown) distrust(span);
    if (span.end <= closedTo) {
      finish(bar);
      return;
    }
    advance(span.start);
    forming = {start: span.start, end: span.end, bar};
    if (finals.has(bar.time)) return;
    hub.publish(topic, [{type: "bar", bar, final: false, ...(isWhole(bar.time) ? {} : {partial: true as const})}]);
    onBar(bar.time);
  }

  /** While ticks are missing for long, history is asked for what is past, so that bars go on. */
  function healSoFar(now: EpochMs): void {
    const time = now - GRACE_MS;
    const isOpen = bucketAt(openHole!) !== undefined || bucketAt(time) !== undefined;
    const end = startOf(time);
    if (!isOpen || !(end > openHole!)) return;
    healer.fill({start: openHole!, end});
    openHole = end;
    closedTo = Math.max(closedTo, end);
  }

  for (const bar of known) announce(bar, {isOwn: false, isHealed: false});
  healer.fill({start: startOf(origin), end: openHole});
  return {
    stepMs: timeframeMs(timeframe),
    at: (time) => finals.get(time)?.bar ?? (forming?.start === time ? forming.bar : undefined),
    isHealed: (time) => finals.get(time)?.isHealed === true,
    get holes() {
      return healer.holes().length + (openHole === undefined ? 0 : 1);
    },
    get corrected() {
      return corrected;
    },
    get coveredFrom() {
      return coveredFrom;
    },
    touch,
    advance,
    resume(time) {
      if (openHole === undefined) return;
      const start = openHole;
      const seenFrom = time + CLOCK_TOLERANCE_MS;
      wholeFrom = startOf(seenFrom) === seenFrom ? seenFrom : endOf(seenFrom);
      openHole = undefined;
      closedTo = Math.max(closedTo, startOf(time));
      healer.fill({start, end: wholeFrom});
    },
    interrupt(coveredTo) {
      if (openHole !== undefined) return;
      const doubtful = startOf(coveredTo - GRACE_MS); // what was late may be lost
      openHole = Math.max(wholeFrom, Math.min(forming?.start ?? Infinity, doubtful));
      wholeFrom = Infinity;
      cover();
    },
    closeDue(now, coveredTo) {
      if (openHole !== undefined) healSoFar(now);
      else advance(startOf(Math.min(coveredTo, now - GRACE_MS)));
      if (!forming || now < forming.end + PROOF_MS) return;
      distrust(forming);
      advance(forming.end);
    },
    ask(time) {
      const span = bucketAt(time);
      if (!span || openHole !== undefined || finals.has(span.start) || isInHole(span.start)) return;
      if (forming?.start === span.start && isWhole(span.start)) return;
      advance(span.start);
      healer.fill(span);
    },
    get settledTo() {
      return Math.min(closedTo, openHole ?? Infinity, ...healer.holes().map(({start}) => start));
    },
    isSettled({start, end}) {
      if (end > Math.min(closedTo, openHole ?? Infinity)) return false;
      return !healer.holes().some((hole) => hole.start < end && start < hole.end);
    },
    doubt(end) {
      if (openHole !== undefined || closedTo >= end) return;
      const start = closedTo;
      closedTo = end;
      healer.fill({start, end});
    },
    stop: () => healer.stop()
  };
}
