import {afterAll, beforeAll, expect, it, vi} from "vitest";
import type {Bridge} from "../../services/demo/mt5/bridge.js";
import {bridgeA, bridgeB} from "../../services/demo/mt5/quirks.js";
import {HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import {fromWall} from "../../services/domain/zone.js";
import {alpha, ask, beta, fault, now, rows, start, stopBridges, token} from "./bridge-desk.js";

// A busy machine makes these slower than anything they wait for.
vi.setConfig({testTimeout: 60_000, hookTimeout: 60_000});

let a: Bridge;
let b: Bridge;

beforeAll(async () => {
  a = await start(bridgeA, alpha);
  b = await start(bridgeB, beta);
});
afterAll(stopBridges);

it("answers nobody without the token, save for its health", async () => {
  expect((await ask(a, "/health", {})).body).toEqual({status: "healthy", mt5_connected: true, mt5_alive: true});
  expect((await ask(a, "/account_info", {})).status).toBe(401);
  expect((await ask(a, "/account_info", {"x-bridge-token": "other"})).body).toEqual({
    error: expect.stringContaining("Token")
  });
  expect((await ask(a, "/account_info")).status).toBe(200);
});

it("caps bars in silence, keeping the newest or the oldest", async () => {
  const range = "/fetch_data_range?symbol=EURUSD&timeframe=M1&start=2026-11-16T00:00:00&end=2026-11-17T00:00:00";
  const whole = await rows(a, range);
  for (const keeps of ["newest", "oldest"] as const) {
    const bridge = await start({...bridgeA, mostBars: 100, keeps}, alpha);
    expect(await rows(bridge, range)).toEqual(keeps === "newest" ? whole.slice(-100) : whole.slice(0, 100));
  }
});

it("demands a position for deals when that is its way, 0 for all", async () => {
  const range = "/history_deals_get?from_date=2026-01-01&to_date=2026-11-18";
  expect((await ask(b, range)).status).toBe(400);
  const all = await rows(b, `${range}&position=0`);
  const {position_id} = all.find(({type}) => type !== 2)!;
  const own = await rows(b, `${range}&position=${position_id}`);
  expect(own).toEqual(all.filter((row) => row["position_id"] === position_id));
});

it("answers no positions as an object, or as an array", async () => {
  const early = Date.UTC(2025, 4, 5, 6);
  const object = await start(bridgeA, alpha, early);
  const array = await start({...bridgeA, noPositions: "array"}, alpha, early);
  expect((await ask(object, "/get_positions")).body).toEqual({positions: []});
  expect((await ask(array, "/get_positions")).body).toEqual([]);
  expect((await ask(object, "/positions_get")).body).toEqual([]);
  expect(Array.isArray((await ask(b, "/get_positions")).body)).toBe(true);
});

it("fails as it is told, for as many requests as it is told", async () => {
  const bridge = await start(bridgeA, alpha);
  const path = "/bars/EURUSD/M1?limit=50";
  const told = async (body: unknown) => expect((await fault(bridge, body)).status).toBe(200);
  const usual = await rows(bridge, path);
  await told({kind: "unavailable", count: 2});
  expect([await ask(bridge, path), await ask(bridge, path), await ask(bridge, path)].map(({status}) => status)).toEqual(
    [503, 503, 200]
  );
  await told({kind: "dead-token", path: "/bars"});
  expect((await ask(bridge, path)).status).toBe(401);
  expect((await ask(bridge, "/account_info")).status).toBe(200);
  await told({kind: "none"});
  await told({kind: "short-range", rows: 7, count: 1});
  expect(await rows(bridge, path)).toEqual(usual.slice(-7));
  await told({kind: "wrong-clock", hours: -1, count: 1});
  expect((await rows(bridge, path)).map(({time}) => time)).toEqual(usual.map(({time}) => time - 3_600));
  await told({kind: "slow", delayMs: 300, count: 1});
  const started = performance.now();
  expect(await rows(bridge, path)).toEqual(usual);
  expect(performance.now() - started).toBeGreaterThan(290);
  await told({kind: "broken-reply", count: 1});
  await expect(
    fetch(bridge.url + path, {headers: {"x-bridge-token": token}}).then((reply) => reply.json())
  ).rejects.toThrow();
});

it("takes faults from the simulator's hand only", async () => {
  expect((await fault(a, {kind: "slow"}, {})).status).toBe(403);
  expect((await fetch(`${a.url}/_sim/fault`, {headers: {"x-sim-control": "yes"}})).status).toBe(403);
  const bad = await fault(a, {kind: "flood"});
  expect([bad.status, await bad.json()]).toEqual([400, {error: expect.stringContaining("unknown fault: flood")}]);
});

it("has the planted defects where it is told to: a row twice, a bar restated later", async () => {
  const flawed = await start(bridgeA, alpha, now, true);
  const gold = "/fetch_data_range?symbol=XAUUSD&timeframe=M1&start=2026-11-18T11:30:00&end=2026-11-18T11:50:00";
  const [clean, twice] = [await rows(a, gold), await rows(flawed, gold)];
  expect(twice).toHaveLength(clean.length + 1);
  expect(new Set(twice.map(({time}) => time)).size).toBe(clean.length);
  const restated = fromWall("UTC", Date.UTC(2026, 10, 18, 5, 20));
  const pound = "/fetch_data_range?symbol=GBPUSD&timeframe=M1&start=2026-11-18T07:20:00&end=2026-11-18T07:20:00";
  const before = await start(bridgeA, alpha, restated + 10 * MINUTE_MS, true);
  const [[first], [later], [truth]] = [await rows(before, pound), await rows(flawed, pound), await rows(a, pound)];
  expect(later).toEqual(truth);
  expect(first!.close).not.toBe(truth!.close);
  expect(first!.time).toBe((restated + 2 * HOUR_MS) / 1_000);
});
