import {connect, type Socket} from "node:net";
import {afterEach, expect, it} from "vitest";
import {openSocketClient, type SocketClient} from "./socket-client.js";
import {barTopic, NINE, startTestServer, type TestServer, tickTopic, told} from "./test-server.js";

const seconds = process.env["TAPEBOOK_VERIFY"] ? 600 : 4;
const token = "the-token-of-this-test";
const known = {headers: {authorization: `Bearer ${token}`}};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let server: TestServer;
const peers = new Set<Socket>(); // those that are not closed: what is measured is the server's memory, not theirs
afterEach(async () => {
  for (const peer of peers) peer.destroy();
  await server.stop();
});

function open(): Socket {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  peers.add(socket);
  socket.on("error", () => {});
  socket.on("close", () => void peers.delete(socket));
  setTimeout(() => socket.destroy(), 10_000).unref(); // long after the server's heartbeat has given it up
  return socket;
}

/** Follows everything, reads nothing, answers nothing. */
async function comeHalfOpen(): Promise<void> {
  const socket = open();
  const head = ["GET / HTTP/1.1", "Host: x", "Upgrade: websocket", "Connection: Upgrade"];
  const keys = ["Sec-WebSocket-Key: dGFwZWJvb2stcmVhZGVycw==", "Sec-WebSocket-Version: 13"];
  socket.write(`${[...head, ...keys, `Authorization: Bearer ${token}`].join("\r\n")}\r\n\r\n`);
  const text = JSON.stringify({op: "subscribe", topics: [barTopic, tickTopic]});
  const frame = Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
  socket.pause();
  await pause(20);
  socket.write(frame);
}

const visits: readonly (() => Promise<unknown>)[] = [
  comeHalfOpen,
  async () => {
    const slow = await server.connect(known);
    slow.say({op: "subscribe", topics: [barTopic, tickTopic]});
    await Promise.race([slow.next("subscribed"), slow.closed]);
    slow.socket.pause();
    setTimeout(() => slow.socket.terminate(), 1_500);
  },
  async () => {
    const large = await server.connect(known);
    large.say("x".repeat(100_000));
    expect((await large.closed).code).toBe(1009);
  },
  async () => {
    const rude = await server.connect(known);
    for (let i = 0; i < 60; ++i) rude.say("{");
    expect((await rude.closed).code).toBe(4002);
  },
  async () => {
    const greedy = await server.connect(known);
    greedy.say({op: "subscribe", topics: Array.from({length: 299}, (_, i) => `tick:X:${i}`)});
    expect((await greedy.next("error")).code).toBe("unknown-topic");
    greedy.socket.terminate();
  },
  async () => {
    const hasty = await server.connect(known);
    for (let i = 0; i < 400; ++i) hasty.say({op: "ping", id: i});
    await hasty.next("error");
    hasty.socket.terminate();
  },
  () => expect(openSocketClient(server.url, {headers: {authorization: "Bearer a-wrong-one"}})).rejects.toThrow("401"),
  () => expect(openSocketClient(server.url, {origin: "https://elsewhere.example", ...known})).rejects.toThrow("403"),
  async () => void open().write("GET / HTTP/1.1\r\nHost: x\r\nUpg")
];

it(
  `bad peers of every kind for ${seconds} s leave the others undisturbed, and memory as it was`,
  async () => {
    server = await startTestServer({heartbeatMs: 3_000, highWaterBytes: 50_000, cutOffBytes: 500_000}, {token});
    const good: SocketClient[] = [];
    for (let i = 0; i < 3; ++i) {
      const client = await server.connect(known);
      client.say({op: "subscribe", topics: [barTopic, tickTopic]});
      await client.next("subscribed");
      good.push(client);
    }
    const heap: number[] = [];
    let [ticks, bars] = [0, 0];
    const end = Date.now() + seconds * 1_000;
    let nextVisit = 0;
    const visiting = new Set<Promise<unknown>>();
    while (Date.now() < end) {
      for (let i = 0; i < 40; ++i) server.tellTick(++ticks);
      server.tell(NINE + ++bars * 60_000, bars);
      if (bars % 2 === 0) {
        const visit = visits[nextVisit++ % visits.length]!();
        visiting.add(visit);
        void visit.finally(() => visiting.delete(visit));
      }
      if (bars % 50 === 0) heap.push(process.memoryUsage().heapUsed + process.memoryUsage().external);
      for (const client of good) forgetOld(client);
      await pause(20);
    }
    await Promise.all(visiting);
    for (const [i, client] of good.entries()) {
      await expect.poll(() => [i, told(client, tickTopic).at(-1)?.seq], {timeout: 10_000}).toEqual([i, ticks]);
      expect(client.messages.filter(({type}) => type === "error")).toEqual([]);
      expect(counts.get(client)).toMatchObject({lost: 0});
    }
    await expect.poll(() => server.clients(), {timeout: 10_000}).toBe(good.length);
    const third = Math.ceil(heap.length / 3);
    const most = (values: readonly number[]) => Math.max(...values);
    expect(most(heap.slice(-third)) - most(heap.slice(0, third))).toBeLessThan(80e6);
  },
  (seconds + 60) * 1_000
);

const counts = new Map<SocketClient, {last: number; lost: number}>();

/** Checks that nothing is missing from what a client was told, and forgets all but the end of it. */
function forgetOld(client: SocketClient): void {
  const count = counts.get(client) ?? {last: 0, lost: 0};
  counts.set(client, count);
  for (const {seq, conflated = 0} of told(client, tickTopic)) {
    if (seq <= count.last) continue;
    if (seq - conflated !== count.last + 1) ++count.lost;
    count.last = seq;
  }
  const messages = client.messages as unknown[];
  if (messages.length > 500) messages.splice(0, messages.length - 100);
}
