import type {EpochMs} from "../../services/domain/time.js";
import type {TopicEvent} from "../../services/domain/wire.js";
import type {Client, ClientListener} from "./client.js";

/** A client that can be held: what comes meanwhile waits, and nothing of it is lost. */
export interface Gate extends Client {
  /** The client behind it, which goes on whatever the gate does. */
  readonly line: Client;
  /** Since when it is held, by the sidecar's clock; `undefined` while it is open. */
  readonly heldTime: EpochMs | undefined;
  /** Events that wait. */
  readonly waiting: number;
  hold(): void;
  /** Lets events through up to and with the first for which *isEnd* holds; all of them where there is none. */
  step(isEnd: (event: TopicEvent) => boolean): void;
  /** Lets through what waits, and opens. */
  release(): void;
}

/** How much may wait before what has been superseded is let go. */
export interface GateOptions {
  /** Events; default 50,000. */
  readonly most?: number;
  /** Ticks of a topic that are kept then: those that a tape shows. */
  readonly ticksKept?: number;
}

/**
 * A gate before a client: its listeners hear events only while it is open, and the state of the line always. After
 * long holding, forming bars and statuses that a later one supersedes go, and ticks but for the newest of each topic;
 * final bars and signals never.
 */
export function createGate(line: Client, {most = 50_000, ticksKept = 100}: GateOptions = {}): Gate {
  const listeners = new Set<ClientListener>();
  let queue: TopicEvent[] = [];
  let heldTime: EpochMs | undefined;

  const pass = (events: readonly TopicEvent[]) => {
    if (events.length > 0) for (const {onEvents} of listeners) onEvents?.(events);
  };
  const tellState = () => {
    for (const {onState} of listeners) onState?.(line.state);
  };
  line.listen({
    onEvents(events) {
      if (heldTime === undefined) pass(events);
      else {
        queue.push(...events);
        if (queue.length > most) queue = withoutSuperseded(queue, ticksKept);
        tellState();
      }
    },
    onWhole(topic) {
      if (heldTime === undefined) for (const {onWhole} of listeners) onWhole?.(topic); // it holds of what is let through
    },
    onState: tellState
  });

  return {
    line,
    get state() {
      return line.state;
    },
    get heldTime() {
      return heldTime;
    },
    get waiting() {
      return queue.length;
    },
    serverNow: () => line.serverNow(),
    doubt: line.doubt,
    hold() {
      heldTime ??= line.serverNow();
      tellState();
    },
    step(isEnd) {
      const end = queue.findIndex(isEnd);
      pass(queue.splice(0, end < 0 ? queue.length : end + 1));
      tellState();
    },
    release() {
      heldTime = undefined;
      pass(queue.splice(0));
      tellState();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      line.close();
    }
  };
}

function withoutSuperseded(events: readonly TopicEvent[], ticksKept: number): TopicEvent[] {
  const later = new Map<string, number>();
  return events
    .toReversed()
    .filter((event) => {
      if (event.type === "signal" || (event.type === "bar" && event.final)) return true;
      const seen = later.get(event.topic) ?? 0;
      later.set(event.topic, seen + 1);
      return seen < (event.type === "tick" ? ticksKept : 1);
    })
    .reverse();
}
