import {createBucketRule} from "../../analytics/bars/bucket.js";
import type {Bar} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {Tick} from "../../domain/tick.js";
import {type EpochMs, SECOND_MS} from "../../domain/time.js";
import type {Topic} from "../../domain/wire.js";
import type {Hub} from "../topics/hub.js";
import {
  CLOCK_TOLERANCE_MS,
  createPartsFold,
  GRACE_MS,
  isSameBar,
  keepNewest,
  type Level,
  PROOF_MS,
  type Span
} from "./level.js";
import {createTickOrder} from "./tick-order.js";

/** What a second series is made of. */
export interface SecondSeriesOptions {
  readonly topic: Topic;
  readonly calendar: TradingCalendar;
  readonly hub: Hub;
}

/** A second that is new or another than before. */
export interface SecondChange {
  readonly time: EpochMs;
  /** Whether all that was dealt in it is known. */
  readonly isKnown: boolean;
}

/** The bars of one second, which all others are made of. */
export interface SecondSeries extends Level {
  /** Ticks that came too late for any bar. */
  readonly late: number;
  /** Final bars that were said again, corrected. */
  readonly corrected: number;
  add(tick: Tick): readonly SecondChange[];
  resume(time: EpochMs): void;
  interrupt(): void;
  closeDue(now: EpochMs, coveredTo: EpochMs): void;
}

interface Second extends Span {
  bar: Bar;
  isKnown: boolean;
  said?: Bar;
}

/** Seconds kept: those of two minutes and more, which minutes are made of. */
const KEPT = 300;

/**
 * Bars of one second from ticks in whatever order they come. A second closes with a tick of a later one, or by time once
 * its feed has covered its end. A tick that belongs to a closed second still counts while no tick more than the grace
 * of 2 s past that second's end has come, and the second is said again, corrected; any later one is counted as late. A
 * second that was not heard whole is never final: no venue keeps a history of seconds.
 */
export function createSecondSeries({topic, calendar, hub}: SecondSeriesOptions): SecondSeries {
  const bucketAt = createBucketRule("1s", calendar);
  const foldParts = createPartsFold("1s", calendar);
  const order = createTickOrder(calendar.zone);
  const seconds = new Map<EpochMs, Second>();
  let newest: Second | undefined;
  let closedTo = -Infinity;
  let sealedTo = -Infinity;
  let heardFrom = Infinity;
  let wholeFrom = Infinity;
  let [late, corrected] = [0, 0];

  function make({start, end}: Span): Second {
    const dealt = order.between(start, end);
    const known = seconds.get(start);
    const second = known ?? {start, end, bar: emptyBar, isKnown: true};
    second.bar = foldParts(dealt.map(({time, price, volume = 0}) => toBar(time, price, volume)))!;
    second.isKnown = dealt.every(({volume}) => volume !== undefined);
    seconds.set(start, second);
    keepNewest(seconds, KEPT);
    return second;
  }

  const isWhole = ({start, isKnown}: Second) => isKnown && start >= wholeFrom;

  function say(second: Second): void {
    const {bar, said} = second;
    if (!isWhole(second) || (said && isSameBar(bar, said))) return;
    if (said) corrected += 1;
    second.said = bar;
    hub.publish(topic, [{type: "bar", bar, final: true, ...(said ? {corrects: said} : {})}]);
  }

  function sayForming(second: Second): void {
    const partial = isWhole(second) ? {} : {partial: true as const};
    hub.publish(topic, [{type: "bar", bar: second.bar, final: false, ...partial}]);
  }

  /** All that happened before *time* is here, but for what comes late. */
  function advance(time: EpochMs): void {
    if (newest && newest.end <= time && newest.end > closedTo) say(newest);
    closedTo = Math.max(closedTo, time);
  }

  function seal(time: EpochMs): void {
    sealedTo = Math.max(sealedTo, bucketAt(time)?.start ?? time);
    order.forget(sealedTo);
  }

  function remake(span: Span): SecondChange {
    const second = make(span);
    if (span.end <= closedTo) say(second);
    else {
      newest = second;
      sayForming(second);
    }
    return {time: span.start, isKnown: second.isKnown};
  }

  return {
    stepMs: SECOND_MS,
    at: (time) => seconds.get(time)?.bar,
    isHealed: () => false,
    get late() {
      return late;
    },
    get corrected() {
      return corrected;
    },
    add(tick) {
      const {eventTime} = tick;
      const span = bucketAt(eventTime);
      if (eventTime < sealedTo && eventTime >= heardFrom) late += 1;
      advance(span?.start ?? eventTime);
      if (eventTime < sealedTo) return [];
      const times = order.add(tick); // outside every session too: the day's count goes on from it
      seal(eventTime - GRACE_MS);
      const spans = new Map(times.flatMap((time) => bucketAt(time) ?? []).map((each) => [each.start, each]));
      return [...spans.values()].map(remake);
    },
    resume(time) {
      const seenFrom = time + CLOCK_TOLERANCE_MS;
      const span = bucketAt(seenFrom);
      wholeFrom = span === undefined || span.start === seenFrom ? seenFrom : span.end;
      heardFrom = time;
      order.begin(time);
      advance(time);
      sealedTo = Math.max(sealedTo, time);
      hub.coverFrom(topic, wholeFrom);
    },
    interrupt() {
      wholeFrom = Infinity;
      hub.coverFrom(topic, Infinity);
    },
    closeDue(now, coveredTo) {
      const proven = Math.min(coveredTo, now - GRACE_MS);
      const isUnproven = newest !== undefined && newest.end > closedTo && now >= newest.end + PROOF_MS;
      if (isUnproven && proven < newest!.end) newest!.isKnown = false;
      const time = isUnproven ? Math.max(proven, newest!.end) : proven;
      if (!(time > closedTo)) return;
      advance(bucketAt(time)?.start ?? time);
      seal(time);
    }
  };
}

function toBar(time: EpochMs, price: number, volume: number): Bar {
  return {time, open: price, high: price, low: price, close: price, volume};
}

const emptyBar = toBar(0, 0, 0);
