import type {EpochMs} from "../../services/domain/time.js";
import type {ClientMessage, ReplayMessage, Topic, TopicEvent} from "../../services/domain/wire.js";
import {createTopicCursor, type TopicCursor} from "./topic-cursor.js";

type Subscribe = Extract<ClientMessage, {op: "subscribe"}>;

/** What a client asked of its sidecar, what it has read, and what it knows to be missing. */
export interface Subscriptions {
  /** Topics of which something is missing, or may be. */
  readonly incomplete: readonly Topic[];
  /** Ticks that the sidecar left out for this reader, which was too slow for them. */
  readonly leftOut: number;
  /** The sidecar has started anew: its numbers mean nothing now. */
  restart(): void;
  /** Asks for topics from where they were read to; what was asked on an earlier connection is forgotten. */
  begin(topics: readonly Topic[]): Subscribe;
  /** Asks for a topic from where it was read to. */
  ask(topics: readonly Topic[]): Subscribe;
  /** The event if it is the next one; `"missed"` if others should have come before it. */
  take(event: TopicEvent): TopicEvent | "missed" | undefined;
  /** The events of a replay that were not read before, and whether its topic is known to be whole with them. */
  takeReplay(replay: ReplayMessage, now: EpochMs): {readonly events: readonly TopicEvent[]; readonly isWhole: boolean};
  /** Something that happened in a topic since *from* may be missing: it is asked whether it is. */
  doubt(topic: Topic, from: EpochMs, now: EpochMs): void;
  /** The sidecar did not carry out an ask, and does not say which. */
  refuse(): void;
  /** What is to be asked again by now: asks that were refused, and by time what is incomplete. */
  askAgain(now: EpochMs): Subscribe | undefined;
}

/** A topic that is not known to be whole. */
interface Doubt {
  /** Since when. */
  readonly from: EpochMs | undefined;
  readonly asks: number;
  readonly dueTime: EpochMs;
}

const AGAIN_MS = 5_000;
const AGAIN_MOST_MS = 120_000;
/** Topics in one ask again: a sidecar lets a client have so many at once. */
const AGAIN_MOST = 50;

/**
 * Subscriptions to topics, of which none is asked yet. A topic is incomplete once a replay says so, and until one that
 * was asked for by time says that nothing is missing: a number leads past what is still to be filled in before it. It
 * is asked after 5 s, and at growing intervals up to 2 min, sooner when a bar has been filled in. Ticks that were
 * missed are never told again: their topic stays incomplete.
 */
export function createSubscriptions(
  topics: Iterable<Topic>,
  since: Readonly<Record<string, EpochMs>> = {}
): Subscriptions {
  const cursors = new Map<string, TopicCursor>();
  for (const topic of topics) cursors.set(topic, createTopicCursor(topic, since[topic]));
  const doubts = new Map<Topic, Doubt>();
  /** Topics whose replay is awaited, each with the time it was asked for from; `undefined` where it was not by time. */
  const asked = new Map<Topic, EpochMs | undefined>();
  let incomplete: readonly Topic[] = [];
  let leftOut = 0;
  let isRefused = false;

  function note(topic: Topic, doubt: Doubt | undefined): void {
    const isNew = doubts.has(topic) !== (doubt !== undefined);
    if (doubt) doubts.set(topic, doubt);
    else doubts.delete(topic);
    if (isNew) incomplete = [...doubts.keys()];
  }

  function askFrom(points: readonly (readonly [Topic, number | undefined, isTime: boolean])[]): Subscribe {
    for (const [topic, point, isTime] of points) {
      const isWeaker = asked.has(topic) && asked.get(topic) === undefined; // one answer may be for both asks
      asked.set(topic, isTime && !isWeaker ? point : undefined);
    }
    const known = points.filter(([, point]) => point !== undefined).map(([topic, point]) => [topic, point!] as const);
    return {op: "subscribe", topics: points.map(([topic]) => topic), since: Object.fromEntries(known)};
  }

  function ask(names: readonly Topic[]): Subscribe {
    return askFrom(
      names.map((topic) => {
        const cursor = cursors.get(topic);
        return [topic, cursor?.since(), cursor?.isNumbered === false];
      })
    );
  }

  /** @returns whether a replay proves that its topic is whole */
  function judge({topic, complete}: ReplayMessage, now: EpochMs): boolean {
    const from = asked.get(topic);
    const doubt = doubts.get(topic);
    if (complete) {
      const isProof = from !== undefined && (doubt === undefined || from <= (doubt.from ?? -Infinity));
      if (isProof) note(topic, undefined);
      return isProof;
    }
    const earliest = Math.min(from ?? cursors.get(topic)?.startTime ?? Infinity, doubt?.from ?? Infinity);
    const asks = doubt?.asks ?? 0;
    const dueTime = topic.startsWith("tick:") ? Infinity : now + Math.min(AGAIN_MOST_MS, AGAIN_MS * 2 ** asks);
    note(topic, {from: earliest < Infinity ? earliest : undefined, asks: asks + 1, dueTime});
    return false;
  }

  return {
    get incomplete() {
      return incomplete;
    },
    get leftOut() {
      return leftOut;
    },
    restart() {
      for (const cursor of cursors.values()) cursor.restart();
    },
    ask,
    begin(names) {
      asked.clear();
      isRefused = false;
      return ask(names);
    },
    take(event) {
      const taken = cursors.get(event.topic)?.take(event);
      if (taken === undefined || taken === "missed") return taken;
      if (event.type === "tick") leftOut += event.conflated ?? 0;
      const doubt = doubts.get(event.topic);
      if (doubt && event.type === "bar" && event.healed)
        doubts.set(event.topic, {...doubt, asks: 0, dueTime: -Infinity});
      return taken;
    },
    takeReplay(replay, now) {
      const isWhole = judge(replay, now);
      asked.delete(replay.topic);
      return {events: cursors.get(replay.topic)?.takeReplay(replay) ?? [], isWhole};
    },
    doubt(topic, from, now) {
      const known = doubts.get(topic);
      if (known && (known.from ?? Infinity) <= from) return;
      note(topic, {from, asks: known?.asks ?? 0, dueTime: now});
    },
    refuse() {
      isRefused = true;
    },
    askAgain(now) {
      const refused = isRefused ? [...asked.keys()].slice(0, AGAIN_MOST) : [];
      isRefused = false;
      if (refused.length > 0) return ask(refused);
      const due = [...doubts].filter(
        ([topic, {from, dueTime}]) => from !== undefined && dueTime <= now && !asked.has(topic)
      );
      if (due.length === 0) return undefined;
      return askFrom(due.slice(0, AGAIN_MOST).map(([topic, {from}]) => [topic, from, true] as const));
    }
  };
}
