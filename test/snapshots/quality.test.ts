import {describe, expect, it} from "vitest";
import {type BarSeries, barColumns, sliceBars, toBarSeries, toBars} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import {sessionsBetween} from "../../services/domain/calendar.js";
import {DAY_MS, HOUR_MS, MINUTE_MS, parseIso} from "../../services/domain/time.js";
import {assessBars} from "../../services/snapshots/quality.js";
import {calendars} from "./calendars.js";
import {sampleBars} from "./samples.js";

const {fx, nse, crypto} = calendars;
const iso = (text: string) => parseIso(text);

/** Minute bars of every minute of the sessions between two moments, all different. */
function sessionBars(calendar: TradingCalendar, start: string, end: string, stepMs = MINUTE_MS): BarSeries {
  const times = sessionsBetween(calendar, iso(start), iso(end)).flatMap(({open, close}) =>
    Array.from({length: Math.ceil((close - open) / stepMs)}, (_, i) => open + i * stepMs)
  );
  const bars = sampleBars(times.length);
  bars.time.set(times);
  return bars;
}

function without(bars: BarSeries, drop: (time: number) => boolean): BarSeries {
  return toBarSeries(toBars(bars).filter(({time}) => !drop(time)));
}

function between(start: string, end: string) {
  return (time: number) => time >= iso(start) && time < iso(end);
}

const january = sessionBars(fx, "2024-01-01T22:00:00Z", "2024-01-12T22:00:00Z");
const nseWeek = sessionBars(nse, "2019-01-01T00:00:00Z", "2019-01-05T00:00:00Z");

describe("clean data", () => {
  it.each([
    ["FX minutes", january, "1m", fx],
    ["NSE minutes", nseWeek, "1m", nse],
    [
      "NSE hours, the last of each day cut short by the close",
      sessionBars(nse, "2019-01-01T00:00:00Z", "2019-01-05T00:00:00Z", HOUR_MS),
      "1h",
      nse
    ],
    [
      "FX four hours over both changes of the clock",
      sessionBars(fx, "2024-03-01T00:00:00Z", "2024-11-15T00:00:00Z", 4 * HOUR_MS),
      "4h",
      fx
    ],
    ["crypto minutes", sessionBars(crypto, "2024-03-30T00:00:00Z", "2024-04-01T00:00:00Z"), "1m", crypto]
  ] as const)("%s raise nothing", (_, bars, timeframe, calendar) => {
    const {gaps, offSession, warnings, coverage} = assessBars(bars, timeframe, calendar);
    expect({gaps, offSession, warnings}).toEqual({
      gaps: [],
      offSession: {preOpen: 0, postClose: 0, closedDay: 0},
      warnings: []
    });
    expect(coverage.every(({found, expected}) => found === expected)).toBe(true);
    expect(coverage.reduce((sum, {found}) => sum + found, 0)).toBe(bars.length);
  });

  it("no bars are no fault", () => {
    expect(assessBars(sampleBars(0), "1m", fx)).toMatchObject({coverage: [], gaps: [], warnings: []});
  });

  it("an NSE session has 375 minutes and a Muhurat evening its own", () => {
    const bars = sessionBars(nse, "2024-10-31T00:00:00Z", "2024-11-02T00:00:00Z");
    expect(assessBars(bars, "1m", nse).coverage).toEqual([
      {date: "2024-10-31", found: 375, expected: 375},
      {date: "2024-11-01", found: 60, expected: 60}
    ]);
  });
});

describe("gaps", () => {
  it("a hole in a session is named by its ends and the bars it lacks", () => {
    const bars = without(january, between("2024-01-03T10:00:00Z", "2024-01-03T11:30:00Z"));
    const {gaps, coverage} = assessBars(bars, "1m", fx);
    expect(gaps).toEqual([{start: iso("2024-01-03T10:00:00Z"), end: iso("2024-01-03T11:30:00Z"), missing: 90}]);
    expect(coverage.find(({date}) => date === "2024-01-03")).toEqual({date: "2024-01-03", found: 1350, expected: 1440});
  });

  it("days missing one after another are one gap, the weekend between them none of it", () => {
    const bars = without(january, between("2024-01-04T22:00:00Z", "2024-01-08T22:00:00Z"));
    const {gaps, coverage} = assessBars(bars, "1m", fx);
    expect(gaps).toEqual([{start: iso("2024-01-04T22:00:00Z"), end: iso("2024-01-08T22:00:00Z"), missing: 2880}]);
    expect(coverage.filter(({found}) => found === 0).map(({date}) => date)).toEqual(["2024-01-05", "2024-01-08"]);
  });

  it("a hole at the end of one session and at the start of the next is one gap", () => {
    const bars = without(nseWeek, between("2019-01-02T09:50:00Z", "2019-01-03T03:55:00Z"));
    expect(assessBars(bars, "1m", nse).gaps).toEqual([
      {start: iso("2019-01-02T09:50:00Z"), end: iso("2019-01-03T03:55:00Z"), missing: 20}
    ]);
  });

  it("what lies before the first bar and after the last is no gap", () => {
    const part = sliceBars(nseWeek, 100, 900);
    expect(assessBars(part, "1m", nse).gaps).toEqual([]);
  });

  it.each([
    [
      "NSE days at midnight in India",
      nse,
      "2024-01-22T00:00:00Z",
      "2024-02-03T00:00:00Z",
      -(9.25 * HOUR_MS),
      "2024-01-24"
    ],
    ["FX days at 17:00 in New York", fx, "2024-03-01T00:00:00Z", "2024-03-20T00:00:00Z", 0, "2024-03-12"]
  ] as const)("%s: a missing day is a gap, a holiday or weekend none", (_, calendar, start, end, shift, date) => {
    const sessions = sessionsBetween(calendar, iso(start), iso(end));
    const bars = sampleBars(sessions.length);
    bars.time.set(sessions.map(({open}) => open + shift));
    expect(assessBars(bars, "1d", calendar).gaps).toEqual([]);
    const missing = sessions.find((session) => session.date === date)!;
    const holed = without(bars, (time) => time === missing.open + shift);
    expect(assessBars(holed, "1d", calendar).gaps).toEqual([{start: missing.open, end: missing.close, missing: 1}]);
  });

  it("of very many gaps the longest are listed, and the rest are counted", () => {
    const bars = without(
      january,
      (time) => (time / MINUTE_MS) % 20 === 0 || between("2024-01-03T10:00:00Z", "2024-01-03T11:00:00Z")(time)
    );
    const {gaps, warnings} = assessBars(bars, "1m", fx);
    expect(gaps.length).toBe(500);
    expect(Math.max(...gaps.map(({missing}) => missing))).toBe(61);
    expect(warnings[0]).toMatch(/^\d+ gaps; only the 500 longest are listed$/);
  });
});

describe("rows outside the sessions", () => {
  it("are counted as pre-open, post-close and closed day", () => {
    const bars = sampleBars(nseWeek.length + 4);
    bars.time.set([
      ...nseWeek.time,
      iso("2019-01-05T05:00:00Z"),
      iso("2019-01-05T05:01:00Z"),
      iso("2019-01-07T03:37:00Z"),
      iso("2019-01-07T10:00:00Z")
    ]);
    expect(assessBars(bars, "1m", nse)).toMatchObject({offSession: {preOpen: 1, postClose: 1, closedDay: 2}});
  });

  it("a daily bar on a Sunday is on a closed day", () => {
    const bars = sampleBars(3, {start: iso("2024-01-05T18:30:00Z"), stepMs: DAY_MS});
    expect(assessBars(bars, "1d", nse).offSession).toEqual({preOpen: 0, postClose: 0, closedDay: 2});
  });
});

describe("what cannot be true is refused", () => {
  it.each([
    ["a high below its close", "high", 1],
    ["a negative price", "low", -1],
    ["a price of zero", "open", 0],
    ["a price that is no number", "close", NaN],
    ["a negative volume", "volume", -1]
  ] as const)("%s", (_, column, value) => {
    const bars = sampleBars(20);
    bars[column][7] = value;
    expect(() => assessBars(bars, "1m", fx)).toThrow(/^invalid bar at 7: .*\(2024-01-02T00:07:00\.000Z\)$/);
  });

  it("times that do not rise", () => {
    const bars = sampleBars(20);
    bars.time[7] = bars.time[6]!;
    expect(() => assessBars(bars, "1m", fx)).toThrow("bars out of order at 7");
  });

  it("bars of another timeframe than was said", () => {
    expect(() => assessBars(sampleBars(50, {stepMs: 5 * MINUTE_MS}), "1m", crypto)).toThrow(
      "not bars of 1m: they mostly lie 300 s apart"
    );
    expect(() => assessBars(sampleBars(50), "5m", crypto)).toThrow("not bars of 5m: they mostly lie 60 s apart");
  });

  it("though a thin market, quiet most minutes, is none", () => {
    const bars = without(sampleBars(600), (time) => ![0, 1].includes((time / MINUTE_MS) % 10));
    expect(assessBars(bars, "1m", crypto).gaps.length).toBeGreaterThan(0);
  });
});

describe("what needs a person's eye", () => {
  it("a close a hundred usual moves away and back is a spike; the same leap that stays is news", () => {
    const leap = (back: boolean) => {
      const bars = sampleBars(500);
      for (let i = 250; i < (back ? 251 : 500); ++i)
        for (const name of ["open", "high", "low", "close"] as const) bars[name][i] = bars[name][i]! * 1.08;
      return assessBars(bars, "1m", crypto).warnings;
    };
    expect(leap(true)).toEqual([
      expect.stringMatching(/^2024-01-02T04:10:00\.000Z: a spike of \d+ usual moves, undone by the next bar$/)
    ]);
    expect(leap(false)).toEqual([]);
  });

  it("wild hours are wild, not wrong; and in a market that hardly moves no move is an outlier", () => {
    const wild = sampleBars(2000);
    for (let i = 1000; i < 1200; ++i) {
      wild.high[i] = wild.high[i]! * 1.03;
      wild.close[i] = wild.close[i]! * (i % 2 ? 1.025 : 1);
    }
    expect(assessBars(wild, "1m", crypto).warnings).toEqual([]);
    const still = sampleBars(500);
    for (const name of ["open", "high", "low", "close"] as const) still[name].fill(100);
    for (const i of [100, 200, 300]) still.high[i] = 101;
    expect(assessBars(still, "1m", crypto).warnings).toEqual([]);
  });

  it("a low far below its neighbours is a wick", () => {
    const bars = sampleBars(500);
    bars.low[100] = bars.low[100]! * 0.9;
    expect(assessBars(bars, "1m", crypto).warnings).toEqual([
      expect.stringMatching(/^2024-01-02T01:40:00\.000Z: a wick of/)
    ]);
  });

  it("a price halved overnight is asked about as a split", () => {
    const bars = sampleBars(100);
    for (let i = 60; i < 100; ++i)
      for (const name of ["open", "high", "low", "close"] as const) bars[name][i] = bars[name][i]! / 2;
    expect(assessBars(bars, "1m", crypto).warnings).toEqual([
      "2024-01-02T01:00:00.000Z: opens 50 % from the close before: a split or bonus?"
    ]);
  });

  it("a day that repeats another under a new date is a stale feed", () => {
    const bars = sessionBars(nse, "2019-01-01T00:00:00Z", "2019-01-05T00:00:00Z");
    for (const name of barColumns.slice(1)) bars[name].copyWithin(750, 375, 750);
    expect(assessBars(bars, "1m", nse).warnings).toContain("2019-01-03 repeats 2019-01-02 (375 bars): a stale feed?");
  });

  it("a daily bar that repeats the one before is one too, a flat one is a day without trade", () => {
    const bars = sampleBars(10, {start: iso("2024-01-07T18:30:00Z"), stepMs: DAY_MS});
    const open = without(bars, (time) => [6, 0].includes(new Date(time + 6 * HOUR_MS).getUTCDay()));
    for (const name of barColumns.slice(1)) open[name][3] = open[name][2]!;
    expect(assessBars(open, "1d", nse).warnings).toEqual(["2024-01-11 repeats 2024-01-10 (1 bars): a stale feed?"]);
    for (const row of [2, 3]) for (const name of ["open", "high", "low", "close"] as const) open[name][row] = 100;
    expect(assessBars(open, "1d", nse).warnings).toEqual([]);
  });
});
