import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
import type {Tick} from "../../services/domain/tick.js";
import {defaultSourceEffects} from "../../services/sources/effects.js";
import {createListenFeed} from "../../services/sources/postgres/listen-feed.js";
import type {TickFeed, TickFeedStatus} from "../../services/sources/tick-feed.js";
import {type StoppableDatabase, startStoppable} from "./store-kit.js";

const listing = {instrument: "CFD:US500", source: "store", symbol: "US500"} as const;
let db: StoppableDatabase;
let feed: TickFeed;
const ticks: Tick[] = [];
const history: [string, number][] = [];
let status: TickFeedStatus | undefined;

const notify = (channel: string, payload: unknown) =>
  db.query("select pg_notify($1, $2)", [channel, typeof payload === "string" ? payload : JSON.stringify(payload)]);
const tick = (second: number, more: object = {}) => {
  const timestamp = `2024-01-02T09:00:${String(second).padStart(2, "0")}.000Z`;
  return {type: "tick", contract_id: "US500", timestamp, price: 4700 + second, tick_type: "quote", ...more};
};

beforeAll(async () => {
  db = await startStoppable();
  feed = createListenFeed(
    {name: "store", url: db.url, listings: [listing], checkMs: 500, backoffMs: 50},
    defaultSourceEffects
  );
  const onHistory = (instrument: string, time: number) => history.push([instrument, time]);
  feed.start(
    (one) => ticks.push(one),
    (now) => (status = now),
    {onHistory}
  );
  await vi.waitFor(() => expect(status?.connected).toBe(true), {timeout: 10_000});
}, 60_000);
afterAll(async () => {
  await feed.stop();
  await db.close();
});

describe("createListenFeed", () => {
  it("gives ticks of its contracts as an ingester notifies them, in order, and says what it covers", async () => {
    await notify("tick_data_channel", tick(1));
    await notify("tick_data_channel", tick(2, {contract_id: "other"}));
    await notify("tick_data_channel", tick(3, {tick_type: "trade", volume: 7}));
    await expect.poll(() => ticks.length).toBe(2);
    const base = {instrument: "CFD:US500", receivedTime: expect.any(Number)};
    expect(ticks).toEqual([
      {...base, type: "quote", eventTime: Date.UTC(2024, 0, 2, 9, 0, 1), bid: 4701, ask: 4701},
      {...base, type: "trade", eventTime: Date.UTC(2024, 0, 2, 9, 0, 3), price: 4703, volume: 7}
    ]);
    expect(feed.covered("CFD:US500")!.start).toBeGreaterThan(0);
  });

  it("tells that a minute is in the history when ohlc_update says so", async () => {
    const bar = {
      type: "ohlc",
      contract_id: "US500",
      timestamp: "2024-01-02T09:00:00Z",
      open: 1,
      high: 2,
      low: 1,
      close: 2
    };
    await notify("ohlc_update", {...bar, volume: 3, timeframe_unit: 2, timeframe_value: 1});
    await notify("ohlc_update", {...bar, volume: 3, timeframe_unit: 3, timeframe_value: 1});
    await notify("tick_data_channel", tick(4));
    await expect.poll(() => ticks.length).toBe(3);
    expect(history).toEqual([["CFD:US500", Date.UTC(2024, 0, 2, 9)]]);
  });

  it.each([
    ["not JSON", /not JSON: not JSON/],
    [{...tick(5), price: -1}, /price: /],
    [{...tick(5), timestamp: "yesterday"}, /timestamp: not an ISO time: yesterday/]
  ])("names what is wrong with a payload, %j, and goes on", async (payload, words) => {
    const before = ticks.length;
    await notify("tick_data_channel", payload);
    await expect.poll(() => status?.lastError).toMatch(words);
    await notify("tick_data_channel", tick(6));
    await expect.poll(() => ticks.length).toBe(before + 1);
    expect(status?.connected).toBe(true);
  });

  it("connects anew when the database was stopped, and covers from then on only", async () => {
    const before = feed.covered("CFD:US500")!.start;
    await db.stop();
    await expect.poll(() => status, {timeout: 10_000}).toMatchObject({connected: false});
    expect(status!.lastError).not.toMatch(/postgres:\/\/|password/);
    await db.start();
    await expect.poll(() => status, {timeout: 20_000}).toMatchObject({connected: true, lastError: null});
    expect(status!.reconnects).toBeGreaterThan(0);
    expect(feed.covered("CFD:US500")!.start).toBeGreaterThan(before);
    const count = ticks.length;
    await notify("tick_data_channel", tick(7));
    await expect.poll(() => ticks.length).toBe(count + 1);
  }, 40_000);
});
