import type {Topic, TopicEvent} from "../../services/domain/wire.js";
import {defaultLimits, type Limits} from "../../services/sidecar/limits.js";
import {listen, type ServerOptions} from "../../services/sidecar/server.js";
import {createHub} from "../../services/sidecar/topics/hub.js";
import type {Health} from "../../services/sidecar/watch/observe.js";
import {openSocketClient, type SocketClient} from "./socket-client.js";

export const tickTopic = "tick:X:A";
export const barTopic = "bar:X:A:1m";
export const NINE = Date.UTC(2024, 0, 2, 9);

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;

/** A listening server with three topics, to which a test publishes by hand. */
export async function startTestServer(changes: Partial<Limits> = {}, others: Partial<ServerOptions> = {}) {
  const hub = createHub();
  hub.open("status", 1);
  hub.open(tickTopic, 100);
  hub.open(barTopic, 1_000);
  const state: {-readonly [Part in keyof Health]: Health[Part]} = {feeds: []};
  const clients = new Set<SocketClient>();
  const server = await listen({
    hub,
    host: "127.0.0.1",
    port: 0,
    origins: ["https://desk.example"],
    limits: {...defaultLimits, ...changes},
    simulated: true,
    boot: "boot-1",
    now: () => Date.now(),
    health: () => state,
    ...others
  });

  async function connect(
    ...options: [] | [{origin?: string; autoPong?: boolean; headers?: Record<string, string>}]
  ): Promise<SocketClient> {
    const client = await openSocketClient(server.url, ...options);
    clients.add(client);
    void client.closed.then(() => clients.delete(client));
    await client.next("hello");
    return client;
  }

  function tell(time: number, price: number): void {
    const bar = {time, open: price, high: price, low: price, close: price, volume: 1};
    hub.publish(barTopic, [{type: "bar", final: true, bar}]);
  }

  function tellTick(price: number, text = ""): void {
    const base = {instrument: `X:A${text}`, eventTime: NINE, receivedTime: NINE} as const;
    hub.publish(tickTopic, [{type: "tick", tick: {...base, type: "quote", bid: price, ask: price}}]);
  }

  async function stop(): Promise<void> {
    for (const {socket} of clients) socket.terminate();
    await server.close();
  }

  return {...server, hub, state, connect, tell, tellTick, stop};
}

/** Everything a client was told of a topic, in order, batches undone. */
export function told(client: SocketClient, topic: Topic): TopicEvent[] {
  const events = client.messages.flatMap((message) => {
    if (message.type === "batch") return message.events;
    return message.type === "bar" || message.type === "tick" ? [message] : [];
  });
  return events.filter((event) => event.topic === topic);
}
