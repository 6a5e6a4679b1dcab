import fc from "fast-check";
import {afterEach, describe, expect, it} from "vitest";
import {createPacer} from "../../services/sidecar/clients/pacer.js";
import {barTopic, NINE, startTestServer, type TestServer, tickTopic, told} from "./test-server.js";
import {createVirtualTime} from "./virtual-time.js";

const numRuns = process.env["TAPEBOOK_VERIFY"] ? 300 : 15;

describe("a pacer", () => {
  it("keeps nobody waiting longer than its rest, rests between runs, and runs for no one", async () => {
    const property = fc.asyncProperty(
      fc.array(fc.nat(100), {maxLength: 40}),
      fc.integer({min: 1, max: 30}),
      async (gaps, restMs) => {
        const time = createVirtualTime(0);
        const asked: number[] = [];
        const ran: number[] = [];
        const pacer = createPacer(() => ran.push(time.now()), restMs, time.effects.after);
        for (const gap of gaps) {
          await time.runUntil(time.now() + gap);
          asked.push(time.now());
          pacer.request();
        }
        await time.runUntil(time.now() + 1_000);
        for (const moment of asked) expect(ran.some((run) => run >= moment && run <= moment + restMs)).toBe(true);
        for (const [i, run] of ran.entries()) expect(run - (ran[i - 1] ?? -Infinity)).toBeGreaterThanOrEqual(restMs);
        for (const run of ran) expect(asked.some((moment) => moment <= run && run <= moment + restMs)).toBe(true);
      }
    );
    await fc.assert(property, {seed: 11, numRuns: 10 * numRuns});
  });

  it("runs at once after a rest", async () => {
    const time = createVirtualTime(0);
    const ran: number[] = [];
    const pacer = createPacer(() => ran.push(time.now()), 15, time.effects.after);
    for (const moment of [0, 100, 105, 110, 200]) time.at(moment, () => pacer.request());
    await time.runUntil(1_000);
    expect(ran).toEqual([0, 100, 115, 200]);
  });

  it("runs no more once it is stopped", async () => {
    const time = createVirtualTime(0);
    const pacer = createPacer(() => expect.unreachable(), 15, time.effects.after);
    pacer.request();
    pacer.stop();
    pacer.request();
    await time.runUntil(100);
  });
});

describe("a fan-out", () => {
  let server: TestServer;
  afterEach(() => server.stop());

  it("tells what was published in one turn in one frame, the same to all", async () => {
    server = await startTestServer();
    const clients = [await server.connect(), await server.connect()];
    for (const client of clients) {
      client.say({op: "subscribe", topics: [barTopic, tickTopic]});
      await client.next("subscribed");
    }
    for (let i = 1; i <= 50; ++i) server.tellTick(i);
    server.tell(NINE, 1);
    for (const client of clients) {
      const {events} = await client.next("batch");
      expect(events.map(({topic, seq}) => `${topic} ${seq}`)).toEqual([
        ...Array.from({length: 50}, (_, i) => `${tickTopic} ${i + 1}`),
        `${barTopic} 1`
      ]);
    }
  });

  it("tells a client nothing twice that was published just before it subscribed", async () => {
    server = await startTestServer();
    const [early, late] = [await server.connect(), await server.connect()];
    early.say({op: "subscribe", topics: [tickTopic]});
    await early.next("subscribed");
    for (let i = 1; i <= 200; ++i) {
      server.tellTick(i);
      if (i % 10 === 0) late.say({op: "subscribe", topics: [tickTopic]});
      if (i % 10 === 5) late.say({op: "unsubscribe", topics: [tickTopic]});
      if (i % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    late.say({op: "ping"});
    await late.next("pong");
    await expect.poll(() => told(early, tickTopic).at(-1)?.seq).toBe(200);
    let last = 0;
    for (const message of late.messages) {
      if (message.type === "replay") last = message.lastSeq;
      const events = message.type === "batch" ? message.events : message.type === "tick" ? [message] : [];
      for (const {seq} of events) expect(seq).toBe(++last);
    }
  });

  it("tells each client its own topics, all of them, in order, whoever else follows what", async () => {
    server = await startTestServer();
    const names = Array.from({length: 5}, (_, i) => `tick:X:${i}` as const);
    for (const name of names) server.hub.open(name, 1_000);
    const choice = fc.record({
      topics: fc.array(fc.subarray([...names], {minLength: 1}), {minLength: 1, maxLength: 5}),
      published: fc.array(fc.nat(4), {minLength: 1, maxLength: 60})
    });
    const property = fc.asyncProperty(choice, async ({topics, published}) => {
      const clients = await Promise.all(topics.map(() => server.connect()));
      const starts = new Map(names.map((name) => [name, server.hub.replay(name).lastSeq]));
      for (const [i, client] of clients.entries()) client.say({op: "subscribe", topics: topics[i]});
      await Promise.all(clients.map((client) => client.next("subscribed")));
      for (const [i, which] of published.entries()) {
        const tick = {type: "quote", instrument: `X:${which}`, eventTime: i, receivedTime: i, bid: 1, ask: 1} as const;
        server.hub.publish(names[which]!, [{type: "tick", tick}]);
        if (i % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      for (const [i, client] of clients.entries()) {
        for (const name of names) {
          const count = topics[i]!.includes(name) ? published.filter((which) => names[which] === name).length : 0;
          const expected = Array.from({length: count}, (_, k) => starts.get(name)! + 1 + k);
          await expect.poll(() => told(client, name).map(({seq}) => seq)).toEqual(expected);
        }
        client.socket.close();
        await client.closed;
      }
    });
    await fc.assert(property, {seed: 12, numRuns});
  });

  it("gives many long replays one after the other, and cuts off nobody who reads them", async () => {
    server = await startTestServer({highWaterBytes: 20_000, cutOffBytes: 400_000});
    const names = Array.from({length: 40}, (_, i) => `bar:X:${i}:1m` as const);
    for (const name of names) {
      server.hub.open(name, 1_000);
      for (let minute = 0; minute < 200; ++minute) {
        const bar = {time: NINE + minute * 60_000, open: 1, high: 1, low: 1, close: 1, volume: 1};
        server.hub.publish(name, [{type: "bar", final: true, bar}]);
      }
    }
    const client = await server.connect();
    client.say({op: "subscribe", topics: names, since: Object.fromEntries(names.map((name) => [name, NINE]))});
    const replays = () => client.messages.filter((message) => message.type === "replay");
    await expect.poll(() => replays().length, {timeout: 10_000}).toBe(names.length);
    expect(replays().every(({events}) => events.length === 200)).toBe(true);
    const bar = {time: NINE + 200 * 60_000, open: 1, high: 1, low: 1, close: 1, volume: 1};
    for (const name of names) server.hub.publish(name, [{type: "bar", final: true, bar}]);
    await expect.poll(() => names.every((name) => told(client, name).length === 1)).toBe(true);
    expect(server.clients()).toBe(1);
  });
});
