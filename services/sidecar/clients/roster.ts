import type {WebSocket} from "ws";
import type {Limits} from "../limits.js";
import type {Metrics} from "../watch/metrics.js";
import type {Outbox} from "./outbox.js";

/** What waits for one client, and a way to end that. */
export type Buffered = Pick<Outbox, "waitingBytes" | "cutOff">;

/** Everyone who is connected. */
export interface Roster {
  readonly size: number;
  add(client: WebSocket, outbox: Buffered): void;
  sockets(): Iterable<WebSocket>;
  stop(): void;
}

const BUFFER_CHECK_MS = 1_000;

/**
 * A roster that pings everyone and ends those who have not answered the ping before, and that keeps what waits for all
 * of them together under *bufferedBytes*: those for whom most waits are sent away first.
 */
export function createRoster(
  {heartbeatMs, bufferedBytes}: Pick<Limits, "heartbeatMs" | "bufferedBytes">,
  metrics: Metrics
): Roster {
  const clients = new Map<WebSocket, Buffered>();
  const silent = new WeakSet<WebSocket>();

  function ping(): void {
    for (const client of clients.keys()) {
      if (silent.has(client)) {
        metrics.refused.inc({reason: "half-open"});
        client.terminate();
        continue;
      }
      silent.add(client);
      client.ping();
    }
  }

  function checkBuffers(): void {
    const waiting = [...clients.values()].map((outbox) => ({outbox, bytes: outbox.waitingBytes()}));
    let total = waiting.reduce((sum, {bytes}) => sum + bytes, 0);
    metrics.buffered.set(total);
    for (const {outbox, bytes} of waiting.sort((a, b) => b.bytes - a.bytes)) {
      if (total <= bufferedBytes) return;
      outbox.cutOff();
      total -= bytes;
    }
  }

  const timers = [setInterval(ping, heartbeatMs), setInterval(checkBuffers, BUFFER_CHECK_MS)];
  return {
    get size() {
      return clients.size;
    },
    add(client, outbox) {
      clients.set(client, outbox);
      metrics.clients.set(clients.size);
      client.on("pong", () => silent.delete(client));
      client.once("close", () => {
        clients.delete(client);
        metrics.clients.set(clients.size);
      });
    },
    sockets: () => clients.keys(),
    stop: () => timers.forEach(clearInterval)
  };
}
