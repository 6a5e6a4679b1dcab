import {once} from "node:events";
import {type WebSocket, WebSocketServer} from "ws";
import type {TickEvent, Topic} from "../../services/domain/wire.js";
import {defaultLimits} from "../../services/sidecar/limits.js";
import {listen, type ServerOptions} from "../../services/sidecar/server.js";
import {createHub} from "../../services/sidecar/topics/hub.js";

const symbols = Array.from({length: 50}, (_, i) => `NSE:SHARE${i}` as const);

/** The topics of the benches. */
export const topics: readonly Topic[] = symbols.map((symbol) => `tick:${symbol}` as const);

/** A way to tell many clients of ticks. */
export interface Broadcaster {
  readonly url: string;
  /** What a client subscribes to; none where it is told unasked. */
  readonly topics: readonly string[];
  clients(): number;
  /** @param i which tick, from 0 */
  tell(i: number, receivedTime: number): void;
  /** Resolves when nothing waits to be sent. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** The sidecar's server. */
export async function openSidecar(others: Partial<ServerOptions> = {}): Promise<Broadcaster> {
  const hub = createHub();
  hub.open("status", 1);
  for (const topic of topics) hub.open(topic, 1_000);
  const server = await listen({
    ...{hub, host: "127.0.0.1", port: 0, origins: [], limits: {...defaultLimits, clients: 1_000}},
    ...{simulated: true, boot: "bench", now: () => Date.now(), health: () => ({feeds: []})},
    ...others
  });
  return {
    url: server.url,
    topics,
    clients: server.clients,
    tell: (i, receivedTime) => hub.publish(topics[i % 50]!, [{type: "tick", tick: tickOf(i, receivedTime)}]),
    settle: () => new Promise((resolve) => setTimeout(resolve, 2 * defaultLimits.batchMs + 50)),
    close: server.close
  };
}

/** A plain server: every event is sent to every client, made once for all. */
export async function openPlain(
  frameOf: (event: TickEvent) => Buffer = (event) => toFrame(event)
): Promise<Broadcaster> {
  const server = new WebSocketServer({host: "127.0.0.1", port: 0, perMessageDeflate: false});
  await once(server, "listening");
  const {port} = server.address() as {port: number};
  const unsent = () => [...server.clients].reduce((sum, client) => sum + client.bufferedAmount, 0);
  return {
    url: `ws://127.0.0.1:${port}`,
    topics: [],
    clients: () => server.clients.size,
    tell(i, receivedTime) {
      const topic = topics[i % 50] as TickEvent["topic"];
      const frame = frameOf({type: "tick", tick: tickOf(i, receivedTime), topic, seq: i + 1});
      for (const client of server.clients as Set<WebSocket>) client.send(frame, {binary: false});
    },
    async settle() {
      while (unsent() > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    }
  };
}

function toFrame(event: TickEvent): Buffer {
  return Buffer.from(JSON.stringify(event));
}

function tickOf(i: number, receivedTime: number): TickEvent["tick"] {
  const figures = {price: 1_553.25 + (i % 100) / 20, volume: 1 + (i % 9), dayVolume: 7_360_198 + 5 * i};
  return {type: "trade", instrument: symbols[i % 50]!, eventTime: receivedTime, receivedTime, ...figures};
}
