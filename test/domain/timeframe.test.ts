import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {formatIso, parseDate, parseIso} from "../../services/domain/time.js";
import {
  floorDay,
  floorTime,
  isIntraday,
  isTimeframe,
  parseTimeframe,
  type Timeframe,
  timeframeMs
} from "../../services/domain/timeframe.js";

const runs = process.env["TAPEBOOK_VERIFY"] === undefined ? 300 : 20_000;
const zones = fc.constantFrom("UTC", "America/New_York", "Asia/Kolkata", "America/Sao_Paulo", "Australia/Lord_Howe");
const timeframes = fc.constantFrom<Timeframe>(
  "1s",
  "1m",
  "5m",
  "1h",
  "4h",
  "7h",
  "1d",
  "3d",
  "1w",
  "2w",
  "1mo",
  "3mo",
  "12mo"
);
const anchors = fc.constantFrom(0, 90, 150, 17 * 60, 17 * 60 - 1440, 9 * 60 + 15);
const moments = fc.integer({min: Date.UTC(2015, 0, 1), max: Date.UTC(2026, 0, 1)});

describe("parseTimeframe", () => {
  it("reads a count and a unit", () => {
    expect(parseTimeframe("15m")).toEqual({count: 15, unit: "m"});
    expect(parseTimeframe("1mo")).toEqual({count: 1, unit: "mo"});
  });

  it("refuses anything else, as isTimeframe does", () => {
    for (const text of ["", "m", "0m", "05m", "-1m", "1.5h", "1M", "1 m", "1min", "1m\n", "999999m", "1e3m"]) {
      expect(() => parseTimeframe(text), text).toThrow(new RangeError(`invalid timeframe: ${text}`));
      expect(isTimeframe(text)).toBe(false);
    }
  });

  it("measures and classes timeframes", () => {
    expect(timeframeMs("5m")).toBe(300_000);
    expect(timeframeMs("1w")).toBe(604_800_000);
    expect((["1s", "90m", "4h", "1d", "1w", "1mo"] as const).map(isIntraday)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false
    ]);
  });
});

describe("floorTime", () => {
  const floor = (time: string, timeframe: Timeframe, options = {}) =>
    formatIso(floorTime(parseIso(time), timeframe, options));

  it("counts hours from the venue's opening", () => {
    expect(floor("2024-01-03T10:59:59Z", "4h")).toBe("2024-01-03T08:00:00.000Z");
    const newYork = {zone: "America/New_York", anchorMinutes: 17 * 60};
    expect(floor("2024-01-03T10:59:59Z", "4h", newYork)).toBe("2024-01-03T10:00:00.000Z");
    expect(floor("2024-07-03T10:59:59Z", "4h", newYork)).toBe("2024-07-03T09:00:00.000Z");
    expect(floor("2024-01-03T21:59:59Z", "1d", newYork)).toBe("2024-01-02T22:00:00.000Z");
    expect(floor("2024-01-03T22:00:00Z", "1d", newYork)).toBe("2024-01-03T22:00:00.000Z");
  });

  it("begins weeks on Monday, months on the first, quarters in January", () => {
    expect(floor("2024-03-03T23:59:59Z", "1w")).toBe("2024-02-26T00:00:00.000Z");
    expect(floor("2024-02-29T12:00:00Z", "1mo")).toBe("2024-02-01T00:00:00.000Z");
    expect(floor("2024-06-30T12:00:00Z", "3mo")).toBe("2024-04-01T00:00:00.000Z");
    expect(floor("1969-12-31T12:00:00Z", "1w")).toBe("1969-12-29T00:00:00.000Z");
    expect(floor("1969-12-31T12:00:00Z", "12mo")).toBe("1969-01-01T00:00:00.000Z");
    expect(floorDay(parseDate("2024-03-03"), "1w")).toBe(parseDate("2024-02-26"));
  });

  it("keeps bars equally long on a day that changes the clock", () => {
    const zone = {zone: "America/New_York"};
    expect(floor("2024-11-03T05:30:00Z", "1h", zone)).toBe("2024-11-03T05:00:00.000Z"); // 01:30, first
    expect(floor("2024-11-03T06:30:00Z", "1h", zone)).toBe("2024-11-03T06:00:00.000Z"); // 01:30 again
    expect(floor("2024-03-10T07:10:00Z", "1h", zone)).toBe("2024-03-10T07:00:00.000Z"); // 03:10, after 01:59
  });

  it("is at or before the time, and its own floor", () => {
    fc.assert(
      fc.property(moments, timeframes, zones, anchors, (time, timeframe, zone, anchorMinutes) => {
        const start = floorTime(time, timeframe, {zone, anchorMinutes});
        expect(start).toBeLessThanOrEqual(time);
        expect(floorTime(start, timeframe, {zone, anchorMinutes})).toBe(start);
      }),
      {seed: 4, numRuns: runs}
    );
  });

  it("never falls while time rises, through every change of the clock", () => {
    fc.assert(
      fc.property(moments, timeframes, zones, anchors, (time, timeframe, zone, anchorMinutes) => {
        let previous = -Infinity;
        for (let t = time; t < time + 4 * 86_400_000; t += 1_700_000) {
          const start = floorTime(t, timeframe, {zone, anchorMinutes});
          expect(start).toBeGreaterThanOrEqual(previous);
          previous = start;
        }
      }),
      {seed: 5, numRuns: runs / 10}
    );
  });
});
