import {afterEach, describe, expect, it} from "vitest";
import {barTopic, NINE, startTestServer, type TestServer, tickTopic, told} from "./test-server.js";

let server: TestServer;

async function open(...changes: Parameters<typeof startTestServer>): Promise<void> {
  server = await startTestServer(...changes);
}

afterEach(() => server.stop());

describe("a slow reader", () => {
  it("gets every final bar and the newest tick, marked with what it stands for; others are not slowed", async () => {
    await open({highWaterBytes: 2_000_000, cutOffBytes: 1e9});
    const [slow, quick] = [await server.connect(), await server.connect()];
    for (const client of [slow, quick]) {
      client.say({op: "subscribe", topics: [barTopic, tickTopic]});
      await client.next("subscribed");
    }
    slow.socket.pause();
    const padding = "x".repeat(4_000);
    let heard = 0;
    quick.socket.on("message", () => {
      heard = told(quick, tickTopic).at(-1)?.seq ?? 0;
    });
    for (let i = 1; i <= 5_000; ++i) {
      server.tellTick(i, padding);
      if (i % 50 === 0) server.tell(NINE + i * 60_000, i);
      if (i % 50 === 0) while (heard < i) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(told(quick, tickTopic)).toHaveLength(5_000);
    slow.socket.resume();
    await expect.poll(() => told(slow, tickTopic).at(-1)?.seq, {timeout: 10_000}).toBe(5_000);
    const ticks = told(slow, tickTopic);
    expect(ticks.length).toBeLessThan(5_000);
    expect(ticks.reduce((sum, {conflated = 0}) => sum + 1 + conflated, 0)).toBe(5_000);
    expect(told(slow, barTopic).map(({seq}) => seq)).toEqual(Array.from({length: 100}, (_, i) => i + 1));
  });

  it("is sent away when even that is too much, and the server keeps nothing for it", async () => {
    await open({highWaterBytes: 10_000, cutOffBytes: 200_000});
    const slow = await server.connect();
    slow.say({op: "subscribe", topics: [barTopic]});
    await slow.next("subscribed");
    slow.socket.pause();
    for (let i = 0; server.clients() > 0 && i < 2_000; ++i) {
      for (let j = 0; j < 100; ++j) server.tell(NINE + (100 * i + j) * 60_000, 1);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(server.clients()).toBe(0);
    slow.socket.resume();
    expect([4003, 1006]).toContain((await slow.closed).code);
  });

  it("is sent away, with those for whom most waits, when all of them together are too much", async () => {
    await open({highWaterBytes: 50e6, cutOffBytes: 100e6, bufferedBytes: 4e6});
    const slow = await Promise.all(Array.from({length: 4}, () => server.connect()));
    const quick = await server.connect();
    for (const client of [...slow, quick]) {
      client.say({op: "subscribe", topics: [tickTopic]});
      await client.next("subscribed");
    }
    for (const {socket} of slow) socket.pause();
    const padding = "x".repeat(50_000);
    for (let i = 1; i <= 400; ++i) {
      server.tellTick(i, padding);
      if (i % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await expect.poll(() => server.clients(), {timeout: 10_000}).toBeLessThan(5);
    for (const {socket} of slow) socket.resume();
    const ends = slow.map((client) => Promise.race([client.closed, client.next("pong")]));
    for (const client of slow) client.say({op: "ping"});
    const codes = (await Promise.all(ends)).map((end) => ("code" in end ? end.code : "stayed"));
    expect(codes.some((code) => code === 4003 || code === 1006)).toBe(true);
    await expect.poll(() => told(quick, tickTopic).length, {timeout: 10_000}).toBe(400);
  });
});
