import {afterAll, beforeAll, expect, it, vi} from "vitest";
import type {Bridge} from "../../services/demo/mt5/bridge.js";
import {bridgeA, bridgeB} from "../../services/demo/mt5/quirks.js";
import {barAt} from "../../services/domain/bar.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import {toWall} from "../../services/domain/zone.js";
import {alpha, ask, beta, now, rows, start, stopBridges, tape} from "./bridge-desk.js";

// A busy machine makes these slower than anything they wait for.
vi.setConfig({testTimeout: 60_000, hookTimeout: 60_000});

let a: Bridge;
let b: Bridge;

beforeAll(async () => {
  a = await start(bridgeA, alpha);
  b = await start(bridgeB, beta);
});
afterAll(stopBridges);

it("gives the tape's minutes on the server's clock", async () => {
  const start = Date.UTC(2026, 10, 17, 8);
  const range = [start, start + HOUR_MS].map((time) =>
    new Date(toWall("America/New_York", time) + 7 * HOUR_MS).toISOString()
  );
  const found = await rows(a, `/fetch_data_range?symbol=EURUSD&timeframe=M1&start=${range[0]}&end=${range[1]}`);
  const series = tape.of("MT5:EURUSD").minuteBars(start, start + HOUR_MS + 1, now);
  expect(found).toHaveLength(61);
  found.forEach((row, i) => {
    const {time, volume, ...prices} = barAt(series, i);
    expect(row).toMatchObject({...prices, tick_volume: volume, time: (time + 2 * HOUR_MS) / 1_000});
  });
});

it("keeps New York + 7 over both changes of daylight saving: days always begin at midnight", async () => {
  const days = await rows(a, "/fetch_data_range?symbol=EURUSD&timeframe=D1&start=2026-01-01&end=2026-11-18");
  expect(days.every(({time}) => time % 86_400 === 0)).toBe(true);
  expect(days.some(({time}) => new Date(time * 1_000).getUTCDay() === 0)).toBe(false);
  expect(days.length).toBeGreaterThan(225);
});

it("shows a short Sunday on an Athens clock in the weeks when only America has changed", async () => {
  const days = await rows(b, "/fetch_data_range?symbol=EURUSD&timeframe=D1&start=2026-03-01&end=2026-04-05");
  const sundays = days.filter(({time}) => String(time).startsWith("Sun"));
  expect(sundays.map(({time}) => time)).toEqual([
    "Sun, 08 Mar 2026 00:00:00 GMT",
    "Sun, 15 Mar 2026 00:00:00 GMT",
    "Sun, 22 Mar 2026 00:00:00 GMT"
  ]);
});

it("folds every timeframe from the same minutes", async () => {
  const range = "start=2026-11-02T00:00:00&end=2026-11-13T23:59:00";
  const minutes = await rows(a, `/fetch_data_range?symbol=XAUUSD&timeframe=M1&${range}`);
  for (const timeframe of ["M5", "M15", "M30", "H1", "H4", "D1", "W1"]) {
    const bars = await rows(a, `/fetch_data_range?symbol=XAUUSD&timeframe=${timeframe}&${range}`);
    const inside = bars.slice(1, -1);
    expect(inside.length, timeframe).toBeGreaterThan(timeframe === "W1" ? -1 : 5);
    inside.forEach((bar, i) => {
      const next = bars[i + 2]!.time;
      const own = minutes.filter(({time}) => time >= bar.time && time < next);
      expect(bar).toMatchObject({
        open: own[0]!.open,
        high: Math.max(...own.map(({high}) => high)),
        low: Math.min(...own.map(({low}) => low)),
        close: own.at(-1)!.close,
        tick_volume: own.reduce((sum, {tick_volume}) => sum + Number(tick_volume), 0)
      });
    });
  }
});

it("gives the last bars, the forming one with the ticks so far", async () => {
  for (const path of ["/bars/USDJPY/M1?limit=3", "/fetch_data_pos?symbol=USDJPY&timeframe=M1&num_bars=3"]) {
    const found = await rows(a, path);
    const open = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    expect(found.map(({time}) => time * 1_000 - 2 * HOUR_MS)).toEqual([open - 2 * MINUTE_MS, open - MINUTE_MS, open]);
    expect(found.at(-1)!.close).toBe(tape.of("MT5:USDJPY").tickAt(now)!.price);
  }
  const [week] = await rows(a, "/bars/USDJPY/W1?limit=1");
  expect(new Date(week!.time * 1_000).getUTCDay()).toBe(0);
  expect(await rows(a, "/bars/USDJPY/MN1?limit=4")).toHaveLength(4);
  expect((await ask(a, "/bars/USDJPY/M2")).status).toBe(400);
  expect((await ask(a, "/bars/NOPE/M1")).status).toBe(404);
});

it("gives the last ticks, quotes with both sides", async () => {
  const ticks = await rows(a, "/ticks?symbol=GBPUSD&limit=500");
  expect(ticks).toHaveLength(500);
  expect(ticks.every(({bid, ask}) => Number(bid) < Number(ask))).toBe(true);
  const last = tape.of("MT5:GBPUSD").tickAt(now)!;
  expect(ticks.at(-1)).toMatchObject({bid: last.bid, ask: last.ask, time_msc: last.time + 2 * HOUR_MS});
  expect((await ask(a, "/symbol_info_tick/GBPUSD")).body).toEqual(ticks.at(-1));
  expect((await ask(a, "/symbol_info/USDJPY")).body).toMatchObject({digits: 3, point: 0.001, currency_profit: "JPY"});
});

it.each([
  ["seconds", (wall: number) => Math.floor(wall / 1_000)],
  ["milliseconds", (wall: number) => Math.floor(wall / 1_000) * 1_000],
  ["iso", (wall: number) => new Date(wall).toISOString().slice(0, 19)],
  ["rfc1123", (wall: number) => new Date(wall).toUTCString()]
] as const)("writes time as %s when that is its way", async (timeEncoding, write) => {
  const bridge = await start({...bridgeA, timeEncoding}, alpha);
  const [tick] = await rows(bridge, "/ticks?symbol=EURUSD&limit=1");
  expect(tick!.time).toBe(write(tick!.time_msc));
  const [deal] = await rows(bridge, "/history_deals_get?from_date=2026-01-01&to_date=2026-11-18");
  expect(deal!.time).toBe(write(deal!.time_msc));
});

it("states a history that adds up to its balance, and positions that its deals leave open", async () => {
  for (const bridge of [a, b]) {
    const deals = await rows(bridge, "/history_deals_get?from_date=2023-01-01&to_date=2026-12-31&position=0");
    const {body: account} = await ask(bridge, "/account_info");
    const open = await rows(bridge, "/positions_get");
    const sum = deals.reduce(
      (all, row) => all + ["profit", "swap", "commission", "fee"].reduce((s, key) => s + Number(row[key]), 0),
      0
    );
    expect(sum).toBeCloseTo(account.balance, 2);
    expect(account.equity).toBeCloseTo(account.balance + account.profit, 2);
    const left = new Map<unknown, number>();
    for (const {type, entry, position_id, volume} of deals)
      if (type !== 2) left.set(position_id, (left.get(position_id) ?? 0) + (entry === 0 ? 1 : -1) * Number(volume));
    const stillOpen = [...left].filter(([, lots]) => lots > 0.001);
    expect(open.map(({ticket}) => ticket)).toEqual(stillOpen.map(([position]) => position));
    expect(new Set(deals.map(({ticket}) => ticket)).size).toBe(deals.length);
    expect(deals.length).toBeGreaterThan(600);
    const {order, position_id} = deals.find(({entry, type}) => entry === 0 && type !== 2)!;
    const [found] = await rows(bridge, `/history_orders_get?ticket=${order}`);
    expect(found).toMatchObject({ticket: order, position_id, state: 4});
    expect(Number(found!["sl"])).toBeGreaterThan(0);
  }
});

it("has sixty days of minutes and two years of days", async () => {
  const start = new Date(now - 60 * DAY_MS).toISOString();
  const minutes = await rows(
    await start0(),
    `/fetch_data_range?symbol=EURUSD&timeframe=M1&start=${start}&end=2026-11-19`
  );
  expect(minutes.length).toBeGreaterThan(60_000);
  expect(
    (await rows(a, "/fetch_data_range?symbol=EURUSD&timeframe=D1&start=2024-11-18&end=2026-11-19")).length
  ).toBeGreaterThan(515);
});

function start0(): Promise<Bridge> {
  return start({...bridgeA, mostBars: 1_000_000}, alpha);
}
