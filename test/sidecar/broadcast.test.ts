import {afterEach, expect, it} from "vitest";
import {WebSocket} from "ws";
import {createMetrics} from "../../services/sidecar/watch/metrics.js";
import {barTopic, NINE, startTestServer, type TestServer} from "./test-server.js";

let server: TestServer;
afterEach(() => server.stop());

/** A client with no library of ours: it connects, says nothing, and keeps what comes. */
async function bareClient(): Promise<{socket: WebSocket; texts: string[]}> {
  const socket = new WebSocket(`${server.url}/broadcast`);
  const texts: string[] = [];
  socket.on("message", (data, isBinary) => texts.push(isBinary ? "binary" : String(data)));
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {socket, texts};
}

const tick = {instrument: "NSE:INFY", eventTime: NINE + 1_234, receivedTime: NINE + 2_000} as const;

it("/broadcast tells a bare client the two payloads of the contract verbatim, and nothing else", async () => {
  server = await startTestServer();
  const {hub} = server;
  for (const topic of ["tick:NSE:INFY", "bar:NSE:INFY:5m", "bar:NSE:INFY:1s"] as const) hub.open(topic, 10);
  const {socket, texts} = await bareClient();
  socket.send("anything");
  const bar = {time: NINE, open: 1551.8, high: 1553.1, low: 1551.6, close: 1552.9, volume: 6604};
  hub.publish("tick:NSE:INFY", [
    {type: "tick", tick: {...tick, type: "trade", price: 1552.9, volume: 40, dayVolume: 99}}
  ]);
  hub.publish("tick:NSE:INFY", [{type: "tick", tick: {...tick, type: "quote", bid: 1.5, ask: 1.75}}]);
  hub.publish("bar:NSE:INFY:1s", [{type: "bar", bar, final: true}]);
  hub.publish("bar:NSE:INFY:5m", [{type: "bar", bar: {...bar, close: 1552}, final: false}]);
  hub.publish("bar:NSE:INFY:5m", [{type: "bar", bar, final: true, healed: true}]);
  await expect.poll(() => texts.length).toBe(3);
  expect(texts).toEqual([
    '{"type":"tick","contract_id":"NSE:INFY","timestamp":"2024-01-02T09:00:01.234Z","price":1552.9,"tick_type":"trade","volume":40}',
    '{"type":"tick","contract_id":"NSE:INFY","timestamp":"2024-01-02T09:00:01.234Z","price":1.5,"tick_type":"quote"}',
    '{"type":"ohlc","contract_id":"NSE:INFY","timestamp":"2024-01-02T09:00:00.000Z","open":1551.8,"high":1553.1,"low":1551.6,"close":1552.9,"volume":6604,"timeframe_unit":2,"timeframe_value":5}'
  ]);
  socket.terminate();
});

it("/broadcast leaves ticks out for a slow reader and never a bar, and others are told everything", async () => {
  const metrics = createMetrics();
  server = await startTestServer({highWaterBytes: 200_000}, {metrics});
  const [slow, quick] = [await bareClient(), await bareClient()];
  slow.socket.pause();
  for (let i = 1; i <= 30_000; ++i) {
    server.tellTick(i, "x".repeat(500));
    if (i % 300 === 0) server.tell(NINE + i * 60_000, i);
    if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const bars = (texts: readonly string[]) => texts.filter((text) => text.startsWith('{"type":"ohlc"')).length;
  await expect.poll(() => quick.texts.length).toBe(30_100);
  slow.socket.resume();
  await expect.poll(() => bars(slow.texts)).toBe(100);
  expect(slow.texts.length).toBeLessThan(30_000);
  const {values} = await metrics.broadcastDropped.get();
  expect(values[0]!.value).toBe(30_100 - slow.texts.length);
  for (const {socket} of [slow, quick]) socket.terminate();
});

it("/broadcast sends a reader away that does not read at all, and counts it", async () => {
  const metrics = createMetrics();
  server = await startTestServer({highWaterBytes: 1_000, cutOffBytes: 2_000}, {metrics});
  const {socket} = await bareClient();
  socket.pause();
  const refusals = async () => (await metrics.refused.get()).values.map(({labels, value}) => [labels.reason, value]);
  for (let i = 1; (await refusals()).length === 0; ++i) {
    server.tell(NINE + i * 60_000, i);
    if (i % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await refusals()).toEqual([["reader too slow", 1]]);
  socket.terminate();
});

it("/broadcast clients count among the clients, and are told when the sidecar stops", async () => {
  server = await startTestServer({clients: 1});
  server.tell(NINE, 1);
  const {socket, texts} = await bareClient();
  expect(server.clients()).toBe(1);
  await expect(bareClient()).rejects.toThrow("503");
  expect([texts, server.hub.has(barTopic)]).toEqual([[], true]);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await server.close();
  expect(await closed).toBe(1001);
});
