import type {Tick} from "../../services/domain/tick.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {ReplayMessage, Topic, TopicEvent} from "../../services/domain/wire.js";

/** How far a client has read one topic. */
export interface TopicCursor {
  /** Where to go on from: a sequence number of this boot, else `startTime`; `undefined` to begin with the newest event. */
  since(): number | undefined;
  /** Whether `since` is a sequence number. */
  readonly isNumbered: boolean;
  /** What to ask for from the beginning: a bar topic's first bar, a tick topic's last tick; `undefined` before any. */
  readonly startTime: EpochMs | undefined;
  /** The sidecar has started anew: its numbers mean nothing now. */
  restart(): void;
  /** The events of a replay that were not read before. */
  takeReplay(replay: ReplayMessage): TopicEvent[];
  /** The event if it is the next one; `"missed"` if others should have come before it, so that a replay is due. */
  take(event: TopicEvent): TopicEvent | "missed" | undefined;
}

/**
 * A cursor at the beginning of a topic, or at *startTime*. Across a restart of the sidecar a bar topic is asked for
 * from *startTime* again, since bars are healed out of order; a tick topic from the last tick read. What was read is
 * known by its number; only in the first replay after a restart by its figures, as often as they were read: two prints
 * may be alike in everything.
 */
export function createTopicCursor(topic: Topic, startTime?: EpochMs): TopicCursor {
  let lastSeq: number | undefined;
  let time = startTime;
  let newestTicks: string[] = [];
  let isRestarted = false;
  let isReplayDue = false;

  function isFresh(event: TopicEvent): boolean {
    if (event.seq <= (lastSeq ?? 0)) return false;
    lastSeq = event.seq;
    if (event.type === "bar" && event.final) time ??= event.bar.time;
    if (event.type === "tick") note(event.tick);
    return true;
  }

  function note(tick: Tick): void {
    if (time === undefined || tick.eventTime > time) {
      time = tick.eventTime;
      newestTicks = [];
    }
    if (tick.eventTime === time) newestTicks.push(figuresOf(tick));
  }

  /** Tells the ticks of the last moment that come once more from those that came since. */
  function createIsRepeat(): (event: TopicEvent) => boolean {
    const [moment, read] = [time, isRestarted ? [...newestTicks] : []];
    return (event) => {
      if (event.type !== "tick" || event.tick.eventTime !== moment) return false;
      const at = read.indexOf(figuresOf(event.tick));
      if (at >= 0) read.splice(at, 1);
      return at >= 0;
    };
  }

  return {
    since: () => (topic === "status" ? undefined : (lastSeq ?? time)),
    get isNumbered() {
      return lastSeq !== undefined;
    },
    get startTime() {
      return time;
    },
    restart() {
      lastSeq = undefined;
      isRestarted = true;
    },
    takeReplay({events, lastSeq: newest}) {
      const isRepeat = createIsRepeat();
      const fresh = events.filter((event) => !isRepeat(event) && isFresh(event));
      lastSeq = newest;
      isReplayDue = false;
      isRestarted = false;
      return fresh;
    },
    take(event) {
      if (isReplayDue) return undefined;
      isReplayDue = lastSeq !== undefined && event.seq - 1 - (event.conflated ?? 0) > lastSeq;
      if (isReplayDue) return "missed";
      return isFresh(event) ? event : undefined;
    }
  };
}

/** What tells ticks of one instrument and moment apart. */
function figuresOf(tick: Tick): string {
  return tick.type === "quote" ? `${tick.bid} ${tick.ask}` : `${tick.price} ${tick.volume} ${tick.dayVolume}`;
}
