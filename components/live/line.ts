import {textOf} from "../../services/domain/text-of.js";
import {backoffMs} from "./backoff.js";
import type {ClientEffects, Socket} from "./client-effects.js";

/** What is done with a line. */
export interface LineHandlers {
  /** Sub-protocols to offer at the next try. */
  readonly offers: () => readonly string[];
  /** A new socket is being opened. */
  readonly onConnect: () => void;
  /** A frame has come; what this throws drops the line. */
  readonly onData: (data: unknown) => void;
  /** Called every 5 s on a line that has been greeted. */
  readonly onBeat: () => void;
  readonly onLost: (loss: Loss) => void;
}

/** How a line was lost. It is tried again. */
export interface Loss {
  readonly why: string;
  readonly wasGreeted: boolean;
  /** Failures in a row, this one counted. */
  readonly failures: number;
}

/** A socket that comes back. */
export interface Line {
  readonly isGreeted: boolean;
  /** The other side has said hello: the line counts as open. */
  greet(): void;
  /** Sends a message as JSON, if there is a socket. */
  send(message: object): void;
  /** Ends it for good. */
  close(): void;
}

const BEAT_EVERY_MS = 5_000;
/** A sidecar answers pings and tells its status every 5 s: this long without a word, the line is dead. */
const SILENCE_MS = 20_000;
/** A connection that has lasted this long was a success, and the next failure counts as the first. */
const STEADY_MS = 10_000;

/** A line to an address: opened at once, and again with growing, jittered waits whenever it breaks or falls silent. */
export function createLine(url: string, handlers: LineHandlers, effects: ClientEffects): Line {
  let socket: Socket | undefined;
  let failures = 0;
  let greetedTime = Infinity;
  let heardTime = effects.now();
  let cancelRetry = () => {};
  const cancelBeats = effects.every(BEAT_EVERY_MS, beat);

  function connect(): void {
    heardTime = effects.now();
    try {
      handlers.onConnect();
      socket = attach(effects.open(url, handlers.offers()));
    } catch (error) {
      lose(textOf(error)); // a browser refuses a ws: address on an https: page at once
    }
  }

  function attach(current: Socket): Socket {
    const isCurrent = () => socket === current;
    current.binaryType = "arraybuffer";
    current.onmessage = ({data}) => isCurrent() && hear(data);
    current.onclose = ({code, reason}) => isCurrent() && lose(reason ? `${reason} (${code})` : `closed (${code})`);
    current.onerror = () => {}; // a close follows, and says as much
    return current;
  }

  function hear(data: unknown): void {
    heardTime = effects.now();
    try {
      handlers.onData(data);
    } catch (error) {
      drop(textOf(error));
    }
  }

  function lose(why: string): void {
    socket = undefined;
    const wasGreeted = greetedTime !== Infinity;
    if (effects.now() - greetedTime >= STEADY_MS) failures = 0;
    greetedTime = Infinity;
    cancelRetry = effects.after(backoffMs(failures++, {random: effects.random}), connect);
    handlers.onLost({why, wasGreeted, failures});
  }

  function drop(why: string): void {
    const dropped = socket;
    socket = undefined;
    dropped?.close();
    lose(why);
  }

  function beat(): void {
    if (!socket) return;
    if (effects.now() - heardTime > SILENCE_MS) drop(`no word from the sidecar for ${SILENCE_MS / 1_000} s`);
    else if (greetedTime !== Infinity) handlers.onBeat();
  }

  connect();
  return {
    get isGreeted() {
      return greetedTime !== Infinity;
    },
    greet() {
      greetedTime = effects.now();
    },
    send: (message) => socket?.send(JSON.stringify(message)),
    close() {
      cancelRetry();
      cancelBeats();
      const closing = socket;
      socket = undefined;
      closing?.close(1000);
    }
  };
}
