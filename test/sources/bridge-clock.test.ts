import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import {type OpenedSource, openSource} from "../../services/sources/open-source.js";
import {startVenues, type Venues} from "./venues.js";

const now = Date.UTC(2026, 10, 18, 10, 30, 15);
let venues: Venues;
let a: OpenedSource;

beforeAll(async () => {
  venues = await startVenues({now: () => now});
  a = openSource("mt5-a", venues.settings, venues.effects);
});
afterAll(() => venues.close());

const minutes = (start: number, end: number, source: OpenedSource, symbol = "EURUSD", timeframe: Timeframe = "1m") =>
  source.bars!.bars({instrument: `MT5:${symbol}`, symbol, timeframe, start, end});

describe("a bridge whose clock is wrong", () => {
  const ticks = {instrument: "MT5:EURUSD", symbol: "EURUSD", start: now - 10 * MINUTE_MS, end: now} as const;
  const asks: readonly (readonly [string, (source: OpenedSource) => Promise<unknown>])[] = [
    ["bars of an hour", (source) => minutes(now - HOUR_MS, now, source)],
    ["bars of days", (source) => minutes(now - 40 * DAY_MS, now, source, "EURUSD", "1d")],
    ["ticks", (source) => source.ticks!.ticks(ticks)],
    ["deals", (source) => source.account!.deals({start: now - 5 * DAY_MS, end: now})],
    ["positions", (source) => source.account!.positions()]
  ];

  it.each([1, -1, -7])("by %d h is refused, whatever is asked", async (hours) => {
    expect((await a.account!.positions()).length).toBeGreaterThan(0);
    venues.a.faults.set({kind: "wrong-clock", hours});
    try {
      const refusal = {code: "SOURCE_CLOCK", message: expect.stringMatching(/clock rule America\/New_York \+ 7 h/)};
      for (const [name, ask] of asks)
        await expect(ask(openSource("mt5-a", venues.settings, venues.effects)), name).rejects.toMatchObject(refusal);
    } finally {
      venues.a.faults.clear();
    }
  });

  it("is found by its newest tick though nothing else is known of it, before what lies ahead is cut away", async () => {
    venues.a.faults.set({kind: "wrong-clock", hours: 1, path: "/ticks"});
    await expect(a.ticks!.ticks(ticks)).rejects.toMatchObject({
      code: "SOURCE_CLOCK",
      message: expect.stringMatching(/mt5-a: ticks of EURUSD: .*expected none after now/)
    });
    venues.a.faults.clear();
  });

  it("is asked of the next symbol where the bridge does not know the first", async () => {
    const fresh = openSource("mt5-a", venues.settings, venues.effects);
    venues.a.faults.set({kind: "wrong-clock", hours: -2});
    try {
      const unknown = fresh.ticks!.ticks({...ticks, symbol: "EURXXX"});
      await expect(unknown).rejects.toMatchObject({code: "SOURCE_REFUSED"});
      await expect(fresh.ticks!.ticks(ticks)).rejects.toMatchObject({code: "SOURCE_CLOCK"});
    } finally {
      venues.a.faults.clear();
    }
  });

  it("is refused where settings name the neighbour's rule, by the week in which they differ", async () => {
    const settings = {
      ...venues.settings,
      sources: {...venues.settings.sources, "mt5-a": venues.settings.sources["mt5-b"]!}
    };
    const wrong = openSource("mt5-a", settings, {...venues.effects, env: {...venues.env, MT5_B_API_URL: venues.a.url}});
    await expect(minutes(Date.UTC(2026, 9, 26), Date.UTC(2026, 9, 31), wrong)).rejects.toThrow(
      /clock rule Europe\/Athens: expected the week .*America\/New_York \+ 7 h would fit/
    );
    // In the weeks on which they agree there is nothing to refuse.
    expect((await minutes(Date.UTC(2026, 10, 9), Date.UTC(2026, 10, 14), wrong)).bars.length).toBeGreaterThan(5_000);
  });
});
