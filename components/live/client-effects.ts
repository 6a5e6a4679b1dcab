import type {EpochMs} from "../../services/domain/time.js";
import {storedToken} from "./stored-token.js";

/** The part of a WebSocket that a client uses; a browser's and the `ws` package's both have it. */
export interface Socket {
  onmessage: ((event: {readonly data: unknown}) => void) | null;
  onclose: ((event: {readonly code: number; readonly reason: string}) => void) | null;
  onerror: ((event: unknown) => void) | null;
  /** Set to `arraybuffer` by the client: it reads binary frames at once. */
  binaryType?: string;
  send(text: string): void;
  close(code?: number): void;
}

/** Network, clock, timers and chance of a client; a timer's function cancels it. */
export interface ClientEffects {
  /** @param protocols sub-protocols to offer, the preferred first; none for a line that can bear none */
  open(url: string, protocols: readonly string[]): Socket;
  /** What is kept for a sidecar that asks for a token. */
  token?(url: string): string | undefined;
  now(): EpochMs;
  random(): number;
  after(delayMs: number, task: () => void): () => void;
  every(periodMs: number, task: () => void): () => void;
}

/** The browser's. */
export const defaultClientEffects: ClientEffects = {
  open: (url, protocols) => new WebSocket(url, [...protocols]) as Socket,
  token: storedToken,
  now: () => Date.now(),
  random: () => Math.random(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs, task) {
    const timer = setInterval(task, periodMs);
    return () => clearInterval(timer);
  }
};
