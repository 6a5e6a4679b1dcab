import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {BarSeries} from "../../services/domain/bar.js";
import type {TradeDeal} from "../../services/domain/deal.js";
import {toAmount} from "../../services/domain/money.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import {type OpenedSource, openSource} from "../../services/sources/open-source.js";
import {startVenues, tape, type Venues} from "./venues.js";

const now = Date.UTC(2026, 10, 18, 10, 30, 15);
let venues: Venues;
let a: OpenedSource;
let b: OpenedSource;
let kite: OpenedSource;

beforeAll(async () => {
  venues = await startVenues({now: () => now, quirksA: {mostBars: 1_700}, quirksB: {mostBars: 900, keeps: "oldest"}});
  [a, b, kite] = ["mt5-a", "mt5-b", "kite"].map((name) => openSource(name, venues.settings, venues.effects)) as [
    OpenedSource,
    OpenedSource,
    OpenedSource
  ];
});
afterAll(() => venues.close());

const minutes = (start: number, end: number, source = a, symbol = "EURUSD", timeframe: Timeframe = "1m") =>
  source.bars!.bars({instrument: `MT5:${symbol}`, symbol, timeframe, start, end});

function expectSame(found: BarSeries, expected: BarSeries): void {
  expect(found.length).toBe(expected.length);
  for (const name of ["time", "open", "high", "low", "close", "volume"] as const)
    expect([...found[name]]).toEqual([...expected[name]]);
}

describe("a bridge that caps its answers in silence", () => {
  // Over the American and the European change of clocks, in the weeks in which they differ.
  const [start, end] = [Date.UTC(2026, 9, 23), Date.UTC(2026, 10, 4)];
  it.each([
    ["newest kept, New York + 7", () => a],
    ["oldest kept, Athens, RFC 1123", () => b]
  ])("%s: gives every bar, in UTC", async (_, source) => {
    const {bars} = await minutes(start, end, source());
    expectSame(bars, tape.of("MT5:EURUSD").minuteBars(start, end, now));
    expect(bars.length).toBeGreaterThan(10_000);
  });

  it("gives two years of days", async () => {
    const {bars} = await minutes(now - 730 * DAY_MS, now, a, "EURUSD", "1d");
    expect(bars.length).toBeGreaterThan(515);
  });

  it("gives nothing for a weekend, and only what was asked", async () => {
    expect((await minutes(Date.UTC(2026, 10, 14), Date.UTC(2026, 10, 15))).bars.length).toBe(0);
    const {bars} = await minutes(Date.UTC(2026, 10, 17, 10), Date.UTC(2026, 10, 17, 11));
    expect([bars.length, bars.time[0]]).toEqual([60, Date.UTC(2026, 10, 17, 10)]);
  });
});

describe("a bridge's account", () => {
  const all = {start: now - 730 * DAY_MS, end: now};
  it.each([
    ["alpha, by seconds", () => a],
    ["beta, whose bridge demands a position", () => b]
  ])("%s: deals add up to its balance", async (_, source) => {
    const {deals, warnings} = await source().account!.deals(all);
    expect(warnings).toEqual([]);
    const state = await source().account!.state();
    const total = deals.reduce(
      (sum, {profit, commission, swap, fee}) =>
        sum + [profit, commission, swap, fee].reduce((part, money) => part + toAmount(money), 0),
      0
    );
    expect(deals.length).toBeGreaterThan(400);
    expect(total).toBeCloseTo(toAmount(state!.balance), 6);
    const opening = deals.filter((deal): deal is TradeDeal => deal.type !== "balance" && deal.entry === "in");
    expect(opening.filter(({stopPrice}) => stopPrice! > 0).length).toBe(opening.length);
    expect(opening.every(({instrument}) => instrument.startsWith("MT5:"))).toBe(true);
    const times = deals.map(({time}) => time);
    expect(times).toEqual([...times].sort((x, y) => x - y));
  });

  it("tells the same deals when an answer holds five at most", async () => {
    const whole = await a.account!.deals({start: now - 30 * DAY_MS, end: now});
    venues.a.faults.set({kind: "short-range", rows: 5, path: "/history_deals_get"});
    const pieced = await openSource("mt5-a", venues.settings, venues.effects).account!.deals({
      start: now - 30 * DAY_MS,
      end: now
    });
    venues.a.faults.clear();
    expect(pieced).toEqual(whole);
    expect(whole.deals.length).toBeGreaterThan(10);
  });

  it("carries no login, name or server", async () => {
    const recent = await a.account!.deals({start: now - 10 * DAY_MS, end: now});
    const told = JSON.stringify([recent, await a.account!.positions(), await a.account!.state()]);
    expect(told).not.toMatch(/50012861|Simulated/);
  });
});

describe("a bridge in trouble", () => {
  it("is asked again after 503 and 429, and answers then", async () => {
    venues.a.faults.set({kind: "unavailable", count: 1});
    venues.a.faults.set({kind: "rate-limit", count: 1});
    expect((await minutes(now - 30 * MINUTE_MS, now - 20 * MINUTE_MS)).bars.length).toBe(10);
  });

  it("says so when it stays away", async () => {
    venues.a.faults.set({kind: "unavailable"});
    await expect(minutes(now - HOUR_MS, now)).rejects.toMatchObject({
      code: "SOURCE_UNAVAILABLE",
      message: expect.stringMatching(/mt5-a: .*\/fetch_data_range answers 503: .*the terminal is away/)
    });
    venues.a.faults.clear();
  });

  it("is told by a dead token what to do", async () => {
    venues.a.faults.set({kind: "dead-token"});
    await expect(a.account!.state()).rejects.toMatchObject({
      code: "SOURCE_UNAUTHORIZED",
      message: expect.stringMatching(/401.*check the token/)
    });
    venues.a.faults.clear();
  });

  it("is not believed when a reply ends in the middle", async () => {
    venues.a.faults.set({kind: "broken-reply"});
    await expect(minutes(now - HOUR_MS, now)).rejects.toMatchObject({
      code: "SOURCE_BAD_DATA",
      message: expect.stringMatching(/not JSON/)
    });
    venues.a.faults.clear();
  });

  it("refuses a symbol it does not know, in its own words", async () => {
    await expect(minutes(now - HOUR_MS, now, a, "EURXXX")).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      message: expect.stringMatching(/404: Symbol not found: EURXXX/)
    });
  });

  it("gives ticks that reach back, or says how far they do", async () => {
    const request = {instrument: "MT5:EURUSD", symbol: "EURUSD", end: now} as const;
    const {ticks} = await a.ticks!.ticks({...request, start: now - 10 * MINUTE_MS});
    expect(ticks.length).toBe(tape.of("MT5:EURUSD").ticks(now - 10 * MINUTE_MS, now).length);
    await expect(a.ticks!.ticks({...request, start: now - 200 * DAY_MS})).rejects.toMatchObject({
      code: "SOURCE_SHORT_RANGE"
    });
  });
});

describe("Kite", () => {
  const infy = (start: number, end: number, timeframe: Timeframe = "1m") =>
    kite.bars!.bars({instrument: "NSE:INFY", symbol: "NSE:INFY", timeframe, start, end});
  it("gives every minute of 70 days, in two chunks", async () => {
    const [start, end] = [Date.UTC(2026, 8, 9), Date.UTC(2026, 10, 18)];
    const {bars} = await infy(start, end);
    expectSame(bars, tape.of("NSE:INFY").minuteBars(start, end, now));
  });

  it("gives days stamped at midnight in India", async () => {
    const {bars} = await infy(Date.UTC(2026, 10, 9), Date.UTC(2026, 10, 14), "1d");
    expect(bars.length).toBe(3); // the 10th is a holiday, and the 9th began before what was asked
    expect([...bars.time].every((time) => (time + 5.5 * HOUR_MS) % DAY_MS === 0)).toBe(true);
  });

  it("gives the same when an answer is cut", async () => {
    const [start, end] = [Date.UTC(2026, 10, 17), Date.UTC(2026, 10, 18)];
    const whole = await infy(start, end);
    venues.kite.faults.set({kind: "short-range", rows: 200});
    expectSame((await infy(start, end)).bars, whole.bars);
    venues.kite.faults.clear();
  });

  it("tells today's deals, positions and state, in rupees", async () => {
    const [{deals}, positions, state] = await Promise.all([
      kite.account!.deals({start: now - DAY_MS, end: now}),
      kite.account!.positions(),
      kite.account!.state()
    ]);
    expect(deals.length).toBeGreaterThan(0);
    expect(state).toMatchObject({currency: "INR", balance: {minor: 25_000_000}});
    const net = (instrument: string) =>
      deals.reduce(
        (sum, deal) =>
          sum +
          (deal.type === "balance" || deal.instrument !== instrument
            ? 0
            : deal.type === "buy"
              ? deal.volumeLots
              : -deal.volumeLots),
        0
      );
    for (const {instrument, side, volumeLots} of positions)
      expect(net(instrument)).toBe(side === "buy" ? volumeLots : -volumeLots);
  });

  it("tells a dead token as a state, with the command to run", async () => {
    venues.kite.faults.set({kind: "dead-token"});
    await expect(infy(now - HOUR_MS, now)).rejects.toMatchObject({
      code: "SOURCE_UNAUTHORIZED",
      message: expect.stringMatching(/kite: .* answers 403: TokenException: .*npm run tapebook -- login/)
    });
    venues.kite.faults.clear();
  });

  it("refuses a symbol it does not have and a timeframe it does not know", async () => {
    await expect(
      kite.bars!.bars({instrument: "NSE:X", symbol: "NSE:NOPE", timeframe: "1m", start: 0, end: now})
    ).rejects.toThrow(/no instrument NSE:NOPE at Kite/);
    await expect(infy(0, now, "1w")).rejects.toThrow(/no candles of 1w/);
  });
});

describe("openSource", () => {
  it("names the variable that is not set, when the source is opened", () => {
    expect(() => openSource("mt5-b", venues.settings, {...venues.effects, env: {}})).toThrow(
      /sources\.mt5-b\.(url|token): found no environment variable MT5_B_/
    );
    expect(() => openSource("nope", venues.settings)).toThrow(/unknown source: nope/);
  });
});
