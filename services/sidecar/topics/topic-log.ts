import type {EpochMs} from "../../domain/time.js";
import type {
  BarEvent,
  ReplayMessage,
  SignalEvent,
  StatusEvent,
  TickEvent,
  Topic,
  TopicEvent
} from "../../domain/wire.js";

type Unnumbered<E> = E extends TopicEvent ? Omit<E, "topic" | "seq" | "conflated"> : never;

/** What happened, before its topic gives it a number. */
export type Announcement =
  | Unnumbered<TickEvent>
  | Unnumbered<BarEvent>
  | Unnumbered<SignalEvent>
  | Unnumbered<StatusEvent>;

/** One topic's memory: numbers events and says again what came since a point. */
export interface TopicLog {
  readonly name: Topic;
  append(announcement: Announcement): TopicEvent;
  replay(since?: number): ReplayMessage;
  /** States from when on nothing is missing; `Infinity` while something is. Unstated, it is `Infinity`. */
  coverFrom(time: EpochMs): void;
}

/** A point in a topic at or above this is a time (it was so on 1973-03-03), below it a sequence number. */
const FIRST_TIME_POINT = 1e11;

/**
 * A topic's log: numbers from 1, rising by one, and keeps at least the last *capacity* events that still say something.
 * Of those that the next one supersedes, a forming bar or a status, it keeps only the newest.
 *
 * `replay(point)` gives, in order, the events after a sequence number or those at or after a time (a bar's opening, a
 * tick's event time); without a point the newest one. `complete` is false if any that belong there are gone.
 */
export function createTopicLog(name: Topic, {capacity}: {readonly capacity: number}): TopicLog {
  if (!(capacity >= 1)) throw new RangeError(`invalid capacity of ${name}: ${capacity}`);
  let lasting: TopicEvent[] = [];
  let passing: TopicEvent | undefined;
  let lastSeq = 0;
  let droppedSeq = 0;
  let droppedTime = -Infinity;
  let coveredFrom = Infinity;

  function append(announcement: Announcement): TopicEvent {
    const event = {...announcement, topic: name, seq: ++lastSeq} as TopicEvent;
    if (passing && timeOf(event) >= timeOf(passing)) passing = undefined;
    if (isSuperseded(event)) passing = event;
    else lasting.push(event);
    if (lasting.length >= 2 * capacity) trim();
    return event;
  }

  function trim(): void {
    for (const event of lasting.slice(0, -capacity)) {
      droppedSeq = event.seq;
      droppedTime = Math.max(droppedTime, timeOf(event));
    }
    lasting = lasting.slice(-capacity);
  }

  function kept(): TopicEvent[] {
    const {seq} = passing ?? {seq: Infinity};
    const after = lasting.findLastIndex((event) => event.seq < seq) + 1;
    return passing ? [...lasting.slice(0, after), passing, ...lasting.slice(after)] : lasting;
  }

  function replay(since?: number): ReplayMessage {
    const answer = (events: readonly TopicEvent[], complete: boolean): ReplayMessage => {
      return {type: "replay", topic: name, events, lastSeq, complete};
    };
    if (since === undefined) return answer(kept().slice(-1), true);
    if (since < FIRST_TIME_POINT) {
      const events = kept().filter(({seq}) => seq > since);
      return answer(events, since >= droppedSeq && since <= lastSeq);
    }
    const events = kept().filter((event) => timeOf(event) >= since);
    return answer(events, since > droppedTime && since >= coveredFrom);
  }

  function coverFrom(time: EpochMs): void {
    coveredFrom = time;
  }

  return {name, append, replay, coverFrom};
}

/** Whether the next event of the topic says all that this one did: a forming bar, a status. */
export function isSuperseded(event: TopicEvent): boolean {
  return event.type === "status" || (event.type === "bar" && !event.final);
}

function timeOf(event: TopicEvent): EpochMs {
  if (event.type === "bar") return event.bar.time;
  if (event.type === "signal") return event.signal.knownAt;
  return event.type === "tick" ? event.tick.eventTime : event.serverTime;
}
