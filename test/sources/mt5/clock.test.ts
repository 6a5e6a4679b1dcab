import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {sessionsBetween} from "../../../services/domain/calendar.js";
import type {Deal} from "../../../services/domain/deal.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../../services/domain/time.js";
import {createClock, formatClock} from "../../../services/sources/mt5/clock.js";
import {checkClock} from "../../../services/sources/mt5/clock-check.js";
import {checkDealClock} from "../../../services/sources/mt5/deal-clock.js";
import {loadSettings} from "../../../services/sources/settings/load-settings.js";
import type {ClockRule} from "../../../services/sources/settings/source-settings.js";
import {fuzz} from "../runs.js";

const {fx, nse, crypto} = loadSettings({path: "data/demo.yaml", env: {}}).site.calendars as Record<
  string,
  NonNullable<ReturnType<typeof loadSettings>["site"]["calendars"][string]>
>;
const newYork: ClockRule = {zone: "America/New_York", offsetHours: 7};
const athens: ClockRule = {zone: "Europe/Athens", offsetHours: 0};

/** Opening times of every bar that the market has, between two moments. */
function market(start: number, end: number, rowMs: number): number[] {
  return sessionsBetween(fx!, start, end).flatMap(({open, close}) => {
    const times: number[] = [];
    for (let time = open; time < close; time += rowMs) times.push(time);
    return times;
  });
}

/** What a reader sees whose rule is not the broker's. */
function misread(times: readonly number[], broker: ClockRule, reader: ClockRule): number[] {
  const [from, to] = [createClock(broker), createClock(reader)];
  return times.map((time) => to.toUtc(from.fromUtc(time)));
}

const check =
  (times: readonly number[], rule: ClockRule, rowMs = MINUTE_MS, calendar = fx!) =>
  () =>
    checkClock(times, {rule, calendar, name: "x", rowMs});

describe("a server's clock", () => {
  it("of New York + 7 ends its day at 17:00 New York, in summer and winter", () => {
    const {toUtc, fromUtc} = createClock(newYork);
    expect(toUtc(Date.UTC(2024, 0, 2))).toBe(Date.UTC(2024, 0, 1, 22));
    expect(toUtc(Date.UTC(2024, 6, 2))).toBe(Date.UTC(2024, 6, 1, 21));
    expect(fromUtc(Date.UTC(2024, 6, 1, 21))).toBe(Date.UTC(2024, 6, 2));
  });

  it("of Athens differs from it in the weeks between the American and the European change", () => {
    const apart = (day: number) => createClock(newYork).toUtc(day) - createClock(athens).toUtc(day);
    expect(
      [
        Date.UTC(2024, 2, 5),
        Date.UTC(2024, 2, 12),
        Date.UTC(2024, 3, 2),
        Date.UTC(2024, 9, 29),
        Date.UTC(2024, 10, 5)
      ].map(apart)
    ).toEqual([0, -HOUR_MS, 0, -HOUR_MS, 0]);
  });

  it("there and back is the same moment, the repeated hour by order", () => {
    const {toUtc, fromUtc, toUtcAfter} = createClock(newYork);
    const any = fc.integer({min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2100, 0, 1) / 1000});
    // 06:00 UTC on the first Sunday of November ends New York's first hour of two
    const sunday = (year: number) => 1 + ((7 - new Date(Date.UTC(year, 10, 1)).getUTCDay()) % 7);
    const doubled = fc
      .tuple(fc.integer({min: 2007, max: 2036}), fc.integer({min: -5_000, max: 5_000}))
      .map(([year, seconds]) => Date.UTC(year, 10, sunday(year), 6) / 1000 + seconds);
    fc.assert(
      fc.property(fc.oneof(any, doubled), (seconds) => {
        const time = seconds * 1000;
        expect([time, time - HOUR_MS]).toContain(toUtc(fromUtc(time)));
        expect(toUtcAfter(fromUtc(time), time - 1)).toBe(time);
      }),
      fuzz(61, 500)
    );
  });

  it("is said in words", () => {
    expect([newYork, athens, {zone: "UTC", offsetHours: -2}].map(formatClock)).toEqual([
      "America/New_York + 7 h",
      "Europe/Athens",
      "UTC - 2 h"
    ]);
  });
});

describe("the check of deals", () => {
  const deal = (time: number): Deal => {
    const zero = {minor: 0, currency: "USD"};
    const money = {profit: zero, commission: zero, swap: zero, fee: zero};
    return {
      ticket: String(time),
      time,
      type: "buy",
      instrument: "MT5:EURUSD",
      entry: "in",
      position: "1",
      volumeLots: 1,
      price: 1,
      ...money
    };
  };
  const options = {rule: newYork, name: "r.html", calendarOf: () => fx};
  it("takes a single one, while the market is shut, for proof", () => {
    const friday = Date.UTC(2024, 4, 10, 20, 59);
    expect(() => checkDealClock([deal(friday)], options)).not.toThrow();
    expect(() => checkDealClock([deal(friday + HOUR_MS)], options)).toThrow(
      /r\.html: deals in MT5:EURUSD: times disagree with the clock rule/
    );
    expect(() => checkDealClock([deal(friday + HOUR_MS)], {...options, calendarOf: () => undefined})).not.toThrow();
  });
});

describe("the check of a clock rule", () => {
  const year = [Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1)] as const;
  it.each([
    ["1m", MINUTE_MS, 60],
    ["5m", 5 * MINUTE_MS, 365],
    ["30m", 30 * MINUTE_MS, 365],
    ["1h", HOUR_MS, 365],
    ["4h", 4 * HOUR_MS, 365]
  ])("raises nothing on a market's own bars of %s", (_, rowMs, days) => {
    expect(check(market(year[0], year[0] + days * DAY_MS, rowMs), newYork, rowMs)).not.toThrow();
  });

  it.each([
    ["the American change in March", Date.UTC(2024, 2, 4), Date.UTC(2024, 2, 16)],
    ["the European change in October", Date.UTC(2024, 9, 21), Date.UTC(2024, 10, 2)]
  ])("tells New York + 7 from Athens, both ways, by %s", (_, start, end) => {
    const times = market(start, end, MINUTE_MS);
    expect(check(misread(times, newYork, athens), athens)).toThrow(
      /clock rule Europe\/Athens: expected the week to close at .*, saw it close at .*America\/New_York \+ 7 h would fit/
    );
    expect(check(misread(times, athens, newYork), newYork)).toThrow(
      /clock rule America\/New_York \+ 7 h: expected the week to open at .*, saw it open at .*Europe\/Athens would fit/
    );
  });

  it("finds no fault where the two agree", () => {
    const times = market(Date.UTC(2024, 3, 8), Date.UTC(2024, 3, 20), MINUTE_MS);
    expect(check(misread(times, newYork, athens), athens)).not.toThrow();
  });

  it.each([-12, -3, -2, -1, -0.5, 0.5, 1, 2, 3, 7, 12])("refuses a rule that is %d h off, for minutes", (hours) => {
    const rule = {zone: "America/New_York", offsetHours: 7 + hours};
    expect(check(misread(market(Date.UTC(2024, 4, 6), Date.UTC(2024, 4, 18), MINUTE_MS), newYork, rule), rule)).toThrow(
      /disagree with the clock rule/
    );
  });

  it.each([-2, -1, 1, 2])("refuses a rule that is %d h off, for hours", (hours) => {
    const rule = {zone: "America/New_York", offsetHours: 7 + hours};
    expect(
      check(misread(market(Date.UTC(2024, 4, 6), Date.UTC(2024, 4, 18), HOUR_MS), newYork, rule), rule, HOUR_MS)
    ).toThrow(/disagree/);
  });

  it("bears with a broker's late ticks, a stray bar at the weekend, and a metal's late open", () => {
    const times = market(Date.UTC(2024, 4, 6), Date.UTC(2024, 4, 18), MINUTE_MS);
    const close = Date.UTC(2024, 4, 10, 21);
    const late = [...times, close, close + 5 * MINUTE_MS, close + 15 * HOUR_MS].sort((a, b) => a - b);
    expect(check(late, newYork)).not.toThrow();
    const metal = times.filter((time) => !(time >= Date.UTC(2024, 4, 12, 21) && time < Date.UTC(2024, 4, 12, 22)));
    expect(check(metal, newYork)).not.toThrow();
  });

  it("asks nothing of calendars whose week has no edge, nor of days", () => {
    const odd = [Date.UTC(2024, 4, 11), Date.UTC(2024, 4, 11, 1)];
    expect(check(odd, newYork, HOUR_MS, crypto)).not.toThrow();
    expect(check(odd, newYork, HOUR_MS, nse)).not.toThrow();
    expect(check(odd, newYork, DAY_MS)).not.toThrow();
    expect(check([], newYork)).not.toThrow();
  });
});
