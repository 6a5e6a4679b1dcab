import type {EpochMs} from "../../domain/time.js";
import type {ReplayMessage, Topic, TopicEvent} from "../../domain/wire.js";
import {type Announcement, createTopicLog, type TopicLog} from "./topic-log.js";

/** An event with its JSON, made once however many read it, and only if anyone does. */
export interface Outgoing {
  readonly event: TopicEvent;
  /** Its topic's, by which binary frames call it: topics are numbered from 0 as they are opened. */
  readonly number: number;
  readonly text: string;
}

/** Whoever is told what topics say, one topic at a time, in order. */
export type Listener = (outgoing: readonly Outgoing[]) => void;

/** The sidecar's topics, and who listens to each. */
export interface Hub {
  open(name: Topic, capacity: number): void;
  topics(): Topic[];
  has(name: string): name is Topic;
  publish(name: Topic, announcements: readonly Announcement[]): void;
  replay(name: Topic, since?: number): ReplayMessage;
  coverFrom(name: Topic, time: EpochMs): void;
  numberOf(name: Topic): number;
  /**
   * Hears every topic, those opened later too.
   *
   * @returns a function that stops listening
   */
  listenAll(listener: Listener): () => void;
}

interface Channel {
  readonly number: number;
  readonly log: TopicLog;
}

/**
 * A hub without topics; `open` adds one. What is published to a topic is numbered by its log and told at once.
 *
 * @throws {RangeError} from every function but `has` if the topic is not open, and from `open` if it is
 */
export function createHub(): Hub {
  const channels = new Map<string, Channel>();
  const listeners = new Set<Listener>();

  function channelOf(name: Topic): Channel {
    const channel = channels.get(name);
    if (!channel) throw new RangeError(`unknown topic: ${name}`);
    return channel;
  }

  return {
    open(name, capacity) {
      if (channels.has(name)) throw new RangeError(`topic already open: ${name}`);
      channels.set(name, {number: channels.size, log: createTopicLog(name, {capacity})});
    },
    topics: () => [...channels.keys()] as Topic[],
    has: (name): name is Topic => channels.has(name),
    publish(name, announcements) {
      const {number, log} = channelOf(name);
      const outgoing = announcements.map((announcement) => toOutgoing(log.append(announcement), number));
      if (outgoing.length > 0) for (const listener of listeners) listener(outgoing);
    },
    replay: (name, since) => channelOf(name).log.replay(since),
    coverFrom: (name, time) => channelOf(name).log.coverFrom(time),
    numberOf: (name) => channelOf(name).number,
    listenAll(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }
  };
}

/** An event as it goes out. */
export function toOutgoing(event: TopicEvent, number: number): Outgoing {
  let text: string | undefined;
  return {
    event,
    number,
    get text() {
      text ??= JSON.stringify(event);
      return text;
    }
  };
}
