import {request} from "node:http";
import {afterEach, describe, expect, it} from "vitest";
import {createMetrics} from "../../services/sidecar/watch/metrics.js";
import {feed, signals, snapshots, store} from "./health-samples.js";
import {openSocketClient} from "./socket-client.js";
import {barTopic, NINE, startTestServer, type TestServer, tickTopic} from "./test-server.js";

let server: TestServer;
afterEach(() => server?.stop());

const get = async (path: string) => {
  const response = await fetch(`${server.url.replace("ws:", "http:")}${path}`);
  return {status: response.status, text: await response.text()};
};
/** A figure of `/metrics`, by its name and labels as they stand there. */
const figure = (text: string, name: string) => {
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
};

describe("/readyz", () => {
  it("is 200 while all is well, and 503 with what is wrong when it is not", async () => {
    server = await startTestServer();
    server.state.feeds = [feed("kite", true, null)];
    expect(await get("/readyz")).toEqual({status: 200, text: '{"ready":true,"problems":[]}'});
    server.state.feeds = [feed("kite", false, "token refused"), feed("bridge", true, null)];
    server.state.store = store;
    const {status, text} = await get("/readyz");
    expect([status, JSON.parse(text)]).toEqual([
      503,
      {
        ready: false,
        problems: [
          {about: "feed kite", what: "token refused"},
          {about: "store", what: "connection refused"}
        ]
      }
    ]);
  });

  it("is 503 for a feed that is connected and in trouble, for a snapshot that could not be taken, and for signals that could not be looked for", async () => {
    server = await startTestServer();
    server.state.feeds = [feed("bridge", true, "EURUSD: status 404", 2)];
    server.state.snapshots = snapshots;
    server.state.signals = signals;
    const {status, text} = await get("/readyz");
    expect([status, JSON.parse(text)]).toEqual([
      503,
      {
        ready: false,
        problems: [
          {about: "feed bridge", what: "EURUSD: status 404"},
          {about: "snapshots", what: "snapshot of X:A: another job is writing"},
          {about: "signals", what: "X:A 5m: no room for X:A"}
        ]
      }
    ]);
  });

  it("names gaps and is 200 all the same, for history fills them; /healthz calls it degraded", async () => {
    server = await startTestServer();
    server.state.feeds = [feed("bridge", true, null, 2)];
    const {status, text} = await get("/readyz");
    const what = "2 gaps that history has not filled yet";
    expect([status, JSON.parse(text)]).toEqual([
      200,
      {ready: true, problems: [{about: "feed bridge", what, passes: true}]}
    ]);
    expect(JSON.parse((await get("/healthz")).text)).toMatchObject({status: "degraded"});
  });
});

it("a page that made its name mean this machine sees no more than that all is well", async () => {
  server = await startTestServer();
  const {port} = new URL(server.url);
  const ask = (path: string, host: string) =>
    new Promise<string>((resolve) => {
      request({port, path, host: "127.0.0.1", headers: {host}}, (response) => {
        let text = `${response.statusCode} `;
        response.on("data", (chunk) => {
          text += String(chunk);
        });
        response.on("end", () => resolve(text));
      }).end();
    });
  expect(await ask("/healthz", `elsewhere.example:${port}`)).toBe('200 {"status":"ok"}');
  expect(await ask("/metrics", "elsewhere.example")).toMatch(/^401 /);
  for (const host of [`localhost:${port}`, `[::1]:${port}`, "desk.example"])
    expect(await ask("/healthz", host)).toBe('200 {"status":"ok","feeds":[]}');
});

describe("/metrics", () => {
  it("counts what came in, what went out, and who was sent away", async () => {
    const metrics = createMetrics();
    server = await startTestServer({strikes: 2, topicsPerClient: 1}, {metrics});
    server.state.feeds = [feed("bridge", true, "EURUSD: status 404"), feed("kite", true, null, 1)];
    server.state.store = store;
    server.state.snapshots = snapshots;
    server.state.signals = signals;
    const [client, wrong] = [await server.connect(), await server.connect()];
    client.say({op: "subscribe", topics: [barTopic]});
    await client.next("subscribed");
    for (let i = 1; i <= 5; ++i) server.tellTick(i);
    server.tell(NINE, 1);
    await client.next("bar");
    wrong.say("{");
    wrong.say("{");
    expect((await wrong.closed).code).toBe(4002);
    await expect(openSocketClient(server.url, {origin: "https://elsewhere.example"})).rejects.toThrow("403");
    const {status, text} = await get("/metrics");
    expect(status).toBe(200);
    const expected = {
      'tapebook_ticks_in_total{feed="kite"}': 5,
      'tapebook_ticks_late_total{feed="kite"}': 3,
      'tapebook_ticks_dropped_total{feed="kite"}': 4,
      'tapebook_bars_total{timeframe="1m",origin="built"}': 1,
      tapebook_tick_lag_seconds_count: 5,
      tapebook_clients: 1,
      tapebook_signals_failing: 1,
      'tapebook_client_errors_total{code="bad-json"}': 2,
      'tapebook_clients_refused_total{reason="origin"}': 1,
      'tapebook_clients_refused_total{reason="too many errors"}': 1,
      'tapebook_feed_connected{feed="kite"}': 1,
      'tapebook_feed_failing{feed="kite"}': 0,
      'tapebook_feed_failing{feed="bridge"}': 1,
      'tapebook_feed_gaps{feed="kite"}': 1,
      tapebook_store_connected: 0,
      tapebook_store_waiting_bars: 7,
      tapebook_journal_bytes: 4_096,
      tapebook_store_journaled: 0,
      tapebook_journal_failing: 1,
      tapebook_store_bars_dropped_total: 5,
      tapebook_store_ticks_dropped_total: 6,
      tapebook_snapshot_failing: 1,
      tapebook_snapshot_failures_total: 3,
      tapebook_snapshot_time_seconds: NINE / 1_000
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, figure(text, name)]))).toEqual(expected);
    expect(figure(text, "tapebook_store_lag_seconds")).toBeGreaterThan(3);
    expect(text).toContain("# HELP tapebook_buffered_bytes ");
  });

  it("says nothing of a store and of snapshots that are not there", async () => {
    server = await startTestServer();
    const names = /^tapebook_(store|journal|snapshot)\w* /m;
    expect((await get("/metrics")).text).not.toMatch(names);
    server.state.store = store;
    server.state.snapshots = snapshots;
    const text = (await get("/metrics")).text;
    expect([figure(text, "tapebook_store_connected"), figure(text, "tapebook_snapshot_failing")]).toEqual([0, 1]);
    delete server.state.store;
    delete server.state.snapshots;
    expect((await get("/metrics")).text).not.toMatch(names);
  });

  it("counts what a slow reader was not told", async () => {
    const metrics = createMetrics();
    server = await startTestServer({highWaterBytes: 20_000}, {metrics});
    const slow = await server.connect();
    slow.say({op: "subscribe", topics: [tickTopic]});
    await slow.next("subscribed");
    slow.socket.pause();
    const conflations = async () => figure((await get("/metrics")).text, "tapebook_conflations_total");
    for (let i = 1; i <= 6_000; ++i) {
      server.tellTick(i, "x".repeat(2_000));
      if (i % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(conflations).toBeGreaterThan(100);
    await expect
      .poll(async () => figure((await get("/metrics")).text, "tapebook_buffered_bytes"), {timeout: 5_000})
      .toBeGreaterThan(20_000);
  });
});
