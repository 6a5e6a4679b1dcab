import {decodeTickFrame} from "../../services/domain/decode-ticks.js";
import type {EpochMs} from "../../services/domain/time.js";
import {
  type HelloMessage,
  PROTOCOL_VERSION,
  type ReplayMessage,
  type ServerMessage,
  type Topic,
  type TopicEvent
} from "../../services/domain/wire.js";
import {type ClientEffects, defaultClientEffects} from "./client-effects.js";
import {type ClientState, initialState} from "./client-state.js";
import {createLine, type Loss} from "./line.js";
import {offersOf} from "./offers.js";
import {parseServerMessage} from "./parse-server-message.js";
import {createServerClock} from "./server-clock.js";
import {createSubscriptions} from "./subscriptions.js";
import {createTickNumbers} from "./tick-numbers.js";

/** What to follow, and from when. */
export interface ClientOptions {
  /** As `ws://127.0.0.1:8765/`; see `findSidecar`. */
  readonly url: string;
  /** Besides `status`, which is always followed. */
  readonly topics: readonly Topic[];
  /** Followed where the sidecar has them, as signals of a timeframe. */
  readonly wished?: readonly Topic[];
  /** Per bar topic the time of the snapshot's last bar: everything from it on is replayed. */
  readonly since?: Readonly<Record<string, EpochMs>>;
  readonly effects?: ClientEffects;
}

/** Hears a client. */
export interface ClientListener {
  /** Fresh events of all topics, each once, in the order of their topic. */
  readonly onEvents?: (events: readonly TopicEvent[]) => void;
  /** The sidecar has said that nothing of a topic is missing, up to the last event that it told. */
  readonly onWhole?: (topic: Topic) => void;
  /** A new state object on every change. */
  readonly onState?: (state: ClientState) => void;
}

/** A page's line to the sidecar. */
export interface Client {
  readonly state: ClientState;
  /** Since when what it says is held back by a gate; `undefined` while it is not. */
  readonly heldTime?: EpochMs | undefined;
  /** The sidecar's clock now, as well as it is known. */
  serverNow(): EpochMs;
  /** Something of a topic from a time on may be missing: it is incomplete until the sidecar says that nothing is. */
  doubt(topic: Topic, from: EpochMs): void;
  /** @returns a function that stops listening */
  listen(listener: ClientListener): () => void;
  close(): void;
}

/**
 * A client that keeps its topics complete over whatever the line does: it reconnects with growing, jittered waits,
 * goes on by sequence number if the sidecar is still the same process and by time if it is another, asks again when a
 * number is missing or a topic is incomplete, and hands each event over once. It takes ticks as binary frames where the
 * sidecar and the line bear them, else as JSON. It begins at once and ends with `close`.
 *
 * @example
 * const client = createClient({url, topics: ["bar:NSE:INFY:1m"], since: {"bar:NSE:INFY:1m": lastSnapshotBar.time}});
 * client.listen({onEvents: (events) => join.apply(events)});
 */
export function createClient(options: ClientOptions): Client {
  const {url, topics, wished = [], since = {}, effects = defaultClientEffects} = options;
  const names = new Set<Topic>([...topics, ...wished, "status"]);
  const subscriptions = createSubscriptions(names, since);
  const listeners = new Set<ClientListener>();
  const clock = createServerClock();
  let state = initialState(effects.now());
  let isBinaryBorne = true;
  let numbers = createTickNumbers();

  function change(changes: Partial<ClientState>): void {
    state = {...state, ...changes};
    for (const {onState} of listeners) onState?.(state);
  }

  function lose({why, wasGreeted, failures}: Loss): void {
    if (!wasGreeted) isBinaryBorne = !isBinaryBorne; // something on the way may refuse sub-protocols
    const lostTime = state.connection === "open" ? effects.now() : state.changedTime;
    change({connection: "waiting", changedTime: lostTime, attempts: failures, lastError: why});
  }

  function hear(data: unknown): void {
    if (data instanceof ArrayBuffer) hearTicks(data);
    else carryOut(parseServerMessage(String(data)));
  }

  function hearTicks(frame: ArrayBuffer): void {
    try {
      tell(decodeTickFrame(frame, numbers.topicOf).flatMap(read));
    } catch (error) {
      isBinaryBorne = false;
      throw error;
    }
  }

  function carryOut(message: ServerMessage): void {
    switch (message.type) {
      case "hello":
        greet(message);
        break;
      case "replay":
        hearReplay(message);
        break;
      case "batch":
        tell(message.events.flatMap(read));
        break;
      case "pong":
        clock.pong(message.id, message.serverTime, effects.now());
        change(clock.reading);
        break;
      case "error":
        if (message.code === "rate-limited") subscriptions.refuse();
        change({lastError: `${message.code}: ${message.message}`});
        break;
      case "subscribed":
        numbers.learn(message);
        break;
      default:
        tell(read(message));
    }
  }

  function greet({version, boot, simulated, serverTime, topics: offered}: HelloMessage): void {
    if (version !== PROTOCOL_VERSION) throw new RangeError(`unknown protocol version: ${version}`);
    if (boot !== state.boot) subscriptions.restart();
    const openedTime = effects.now();
    line.greet();
    clock.guess(serverTime, openedTime);
    change({connection: "open", changedTime: openedTime, boot, simulated, offered, lastError: null, ...clock.reading});
    const isHad = (name: Topic) => !wished.includes(name) || offered.includes(name);
    line.send(subscriptions.begin([...names].filter(isHad)));
    beat();
  }

  function hearReplay(replay: ReplayMessage): void {
    const {events, isWhole} = subscriptions.takeReplay(replay, effects.now());
    tell(events);
    if (isWhole) for (const {onWhole} of listeners) onWhole?.(replay.topic);
    noteMissing();
  }

  function read(event: TopicEvent): TopicEvent[] {
    const taken = subscriptions.take(event);
    if (taken === "missed") line.send(subscriptions.ask([event.topic]));
    return taken === undefined || taken === "missed" ? [] : [taken];
  }

  function tell(events: readonly TopicEvent[]): void {
    if (events.length === 0) return;
    const status = events.findLast((event) => event.type === "status");
    if (status)
      change({feeds: status.feeds, store: status.store, snapshots: status.snapshots, signals: status.signals});
    for (const {onEvents} of listeners) onEvents?.(events);
    noteMissing();
  }

  function noteMissing(): void {
    const {incomplete, leftOut} = subscriptions;
    if (incomplete !== state.incomplete || leftOut !== state.leftOut) change({incomplete, leftOut});
  }

  function beat(): void {
    line.send({op: "ping", id: clock.ping(effects.now())});
    const again = subscriptions.askAgain(effects.now());
    if (again) line.send(again);
  }

  const line = createLine(
    url,
    {
      offers: () => offersOf(effects.token?.(url), isBinaryBorne),
      onConnect() {
        numbers = createTickNumbers();
      },
      onData: hear,
      onBeat: beat,
      onLost: lose
    },
    effects
  );
  return {
    get state() {
      return state;
    },
    serverNow: () => effects.now() + (Number.isFinite(state.offsetMs) ? state.offsetMs : 0),
    doubt(topic, from) {
      subscriptions.doubt(topic, from, effects.now());
      noteMissing();
    },
    listen(listener) {
      listeners.add(listener);
      listener.onState?.(state);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      line.close();
    }
  };
}
