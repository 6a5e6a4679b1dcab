import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {WebSocket} from "ws";
import {type Client, createClient} from "../../../components/live/client.js";
import {type ClientEffects, defaultClientEffects, type Socket} from "../../../components/live/client-effects.js";
import type {TopicEvent} from "../../../services/domain/wire.js";
import {defaultLimits} from "../../../services/sidecar/limits.js";
import {listen, type Server} from "../../../services/sidecar/server.js";
import {createHub, type Hub} from "../../../services/sidecar/topics/hub.js";
import {barOf, barTopic, NINE, tickOf, tickTopic} from "./announcements.js";

describe("createClient, over real sockets", () => {
  let hub: Hub;
  let server: Server;
  let client: Client;
  let events: TopicEvent[];
  const sockets: WebSocket[] = [];
  const effects: ClientEffects = {
    ...defaultClientEffects,
    after: (delayMs, task) => defaultClientEffects.after(Math.min(delayMs, 20), task),
    open(url) {
      const socket = new WebSocket(url);
      sockets.push(socket);
      return socket as Socket;
    }
  };

  async function start(boot: string, port = 0): Promise<void> {
    hub = createHub();
    hub.open("status", 1);
    hub.open(barTopic, 1_000);
    hub.open(tickTopic, 1_000);
    const limits = defaultLimits;
    const health = () => ({feeds: []});
    server = await listen({
      hub,
      limits,
      boot,
      port,
      host: "127.0.0.1",
      origins: [],
      simulated: false,
      now: () => Date.now() + 60_000,
      health
    });
  }

  async function open(since = {}): Promise<void> {
    events = [];
    client = createClient({url: server.url, topics: [barTopic, tickTopic], since, effects});
    client.listen({onEvents: (fresh) => events.push(...fresh)});
    await untilOpen();
  }

  const untilOpen = () => expect.poll(() => client.state.connection).toBe("open");
  const seqs = (topic: string) => events.filter((event) => event.topic === topic).map(({seq}) => seq);

  beforeEach(() => start("boot-1"));
  afterEach(async () => {
    client.close();
    await server.close();
  });

  it("gets what was before and what comes, each once", async () => {
    hub.publish(barTopic, [barOf(0), barOf(1)]);
    await open({[barTopic]: NINE});
    await expect.poll(() => seqs(barTopic)).toEqual([1, 2]);
    hub.publish(barTopic, [barOf(2)]);
    await expect.poll(() => seqs(barTopic)).toEqual([1, 2, 3]);
  });

  it("goes on by sequence number when its line breaks: nothing lost, nothing doubled", async () => {
    await open();
    for (let minute = 0; minute < 60; ++minute) {
      hub.publish(barTopic, [barOf(minute, false), barOf(minute)]);
      hub.publish(tickTopic, [tickOf(minute * 60_000)]);
      if (minute % 12 === 5) sockets.at(-1)!.terminate();
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await expect.poll(() => seqs(tickTopic)).toEqual(Array.from({length: 60}, (_, i) => i + 1));
    const finals = events.filter((event) => event.type === "bar" && event.final).map(({seq}) => seq);
    expect(finals).toEqual(Array.from({length: 60}, (_, i) => 2 * i + 2));
    expect(client.state.incomplete).toEqual([]);
  });

  it("asks another process by time, and drops the ticks it had", async () => {
    await open({[barTopic]: NINE});
    const errors: (string | null)[] = [];
    client.listen({onState: ({lastError}) => errors.push(lastError)});
    hub.publish(barTopic, [barOf(0), barOf(1)]);
    hub.publish(tickTopic, [tickOf(1), tickOf(2)]);
    await expect.poll(() => events.length).toBe(4);
    const port = Number(new URL(server.url).port);
    await server.close();
    await expect.poll(() => errors).toContain("sidecar is stopping (1001)");
    await start("boot-2", port);
    hub.publish(barTopic, [barOf(0), barOf(1), barOf(2)]);
    hub.publish(tickTopic, [tickOf(1), tickOf(2), tickOf(3)]);
    await untilOpen();
    await expect.poll(() => events.length).toBe(8);
    const times = events
      .slice(4)
      .map((event) => (event.type === "tick" ? event.tick.eventTime : event.type === "bar" && event.bar.time));
    expect(times).toEqual([NINE, NINE + 60_000, NINE + 120_000, NINE + 3]);
  });

  it("knows the sidecar's clock", async () => {
    await open();
    await expect.poll(() => Number.isFinite(client.state.latencyMs)).toBe(true);
    expect(Math.abs(client.state.offsetMs - 60_000)).toBeLessThan(client.state.latencyMs + 2);
  });
});
