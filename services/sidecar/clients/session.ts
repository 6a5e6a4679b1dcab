import type {EpochMs} from "../../domain/time.js";
import {type ClientMessage, PROTOCOL_VERSION, type ServerMessage, type Topic} from "../../domain/wire.js";
import type {Limits} from "../limits.js";
import type {Hub} from "../topics/hub.js";
import type {Metrics} from "../watch/metrics.js";
import type {FanOut} from "./fan-out.js";
import type {Outbox} from "./outbox.js";
import {parseMessage} from "./parse-message.js";
import {ProtocolError} from "./protocol-error.js";
import {createTokenBucket} from "./token-bucket.js";

/** Close code for a client whose messages were refused too often. */
export const CLOSE_TOO_MANY_ERRORS = 4002;

/** What a session needs of the world. */
export interface SessionContext {
  readonly hub: Hub;
  readonly fanOut: FanOut;
  readonly limits: Limits;
  readonly simulated: boolean;
  readonly boot: string;
  readonly now: () => EpochMs;
  /** Milliseconds by which a client's messages are counted; `now` may be a tape's clock, at any speed. */
  readonly elapsed?: () => number;
  readonly metrics?: Metrics;
}

/** One client's side of the conversation. */
export interface Session {
  receive(text: string): void;
  /** A frame that cannot be a message, as binary. */
  refuse(error: ProtocolError): void;
  /** Goes on with what waits until the client has read what it was told. */
  proceed(): void;
  /** Forgets the client's subscriptions. */
  end(): void;
}

/**
 * A conversation with one client, from `hello` on: carries out what it asks, and answers what it gets wrong with an
 * `error` event. A client that is wrong too often is closed with 4002.
 *
 * @param close ends the connection with a code and a reason
 */
export function createSession(
  {hub, fanOut, limits, simulated, boot, now, elapsed = now, metrics}: SessionContext,
  outbox: Outbox,
  close: (code: number, reason: string) => void
): Session {
  const topics = new Set<Topic>();
  /** Topics whose replay is still to be given, since when; until then the client does not follow them. */
  const due = new Map<Topic, number | undefined>();
  const allowance = createTokenBucket({perSecond: limits.messagesPerSecond, burst: limits.messageBurst}, elapsed);
  let strikes = 0;

  const say = (message: ServerMessage) => outbox.answer(JSON.stringify(message));

  function refuse({code, message}: ProtocolError): void {
    metrics?.errors.inc({code});
    say({type: "error", code, message});
    if (++strikes === limits.strikes) close(CLOSE_TOO_MANY_ERRORS, "too many errors");
  }

  /** A subscription costs one per topic, because each brings a replay. */
  function pay(count: number): void {
    if (allowance.take(count)) return;
    throw new ProtocolError("rate-limited", `more than ${limits.messagesPerSecond} messages or topics a second`);
  }

  function carryOut(message: ClientMessage): void {
    if (message.op === "subscribe") subscribe(message.topics, message.since);
    else if (message.op === "unsubscribe") unsubscribe(message.topics);
    else say({type: "pong", ...(message.id === undefined ? {} : {id: message.id}), serverTime: now()});
  }

  function subscribe(names: readonly string[], since: Readonly<Record<string, number>> = {}): void {
    const known = [...new Set(names)].filter((name): name is Topic => hub.has(name));
    const room = limits.topicsPerClient - topics.size;
    const added = known.filter((name) => !topics.has(name)).slice(0, Math.max(0, room));
    for (const name of added) topics.add(name);
    const taken = known.filter((name) => topics.has(name));
    for (const name of taken) due.set(name, Object.hasOwn(since, name) ? since[name] : undefined);
    if (taken.length > 0) say({type: "subscribed", topics: taken, ...numbersOf(taken)});
    complain(
      "unknown-topic",
      "unknown topic",
      [...new Set(names)].filter((name) => !hub.has(name))
    );
    complain(
      "too-many-topics",
      `more than ${limits.topicsPerClient} topics`,
      known.filter((name) => !topics.has(name))
    );
    proceed();
  }

  function numbersOf(names: readonly Topic[]): {readonly numbers?: readonly number[]} {
    return outbox.encoding === "json" ? {} : {numbers: names.map(hub.numberOf)};
  }

  /** Replays may be large: the next is made when the one before has gone out. */
  function proceed(): void {
    if (due.size === 0 || !outbox.hasRoom()) return;
    fanOut.flush();
    for (const [name, since] of due) {
      if (!outbox.hasRoom()) break;
      due.delete(name);
      say(hub.replay(name, since));
    }
    follow();
  }

  function follow(): void {
    fanOut.follow(outbox, new Set([...topics].filter((name) => !due.has(name))));
  }

  function complain(code: ProtocolError["code"], message: string, names: readonly string[]): void {
    if (names.length === 0) return;
    const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
    refuse(new ProtocolError(code, `${message}: ${names.slice(0, 5).join(", ")}${more}`));
  }

  function unsubscribe(names: readonly string[]): void {
    for (const name of names as readonly Topic[]) {
      topics.delete(name);
      due.delete(name);
    }
    follow();
  }

  say({type: "hello", version: PROTOCOL_VERSION, serverTime: now(), simulated, topics: hub.topics(), boot});
  return {
    refuse,
    proceed,
    receive(text) {
      try {
        pay(1);
        const message = parseMessage(text);
        if (message.op === "subscribe") pay(Math.min(message.topics.length, limits.topicsPerClient) - 1);
        carryOut(message);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        refuse(error);
      }
    },
    end() {
      due.clear();
      fanOut.follow(outbox, new Set());
    }
  };
}
