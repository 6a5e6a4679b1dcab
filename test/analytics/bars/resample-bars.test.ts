import {describe, expect, it} from "vitest";
import {resampleBars} from "../../../services/analytics/bars/resample-bars.js";
import {wholeBars} from "../../../services/analytics/bars/resampled-bars.js";
import {type Bar, toBarSeries, toBars} from "../../../services/domain/bar.js";
import {DAY_MS, formatIso, HOUR_MS, MINUTE_MS, parseIso} from "../../../services/domain/time.js";
import {alwaysOpen, fx, nse} from "../../domain/calendars.js";

const flat = (time: number, price: number, volume = 1): Bar => ({
  time,
  open: price,
  high: price,
  low: price,
  close: price,
  volume
});

/** Bars of *stepMs* from *start*, prices 1, 2, 3 … */
function ladder(start: string, count: number, stepMs: number) {
  return toBarSeries(Array.from({length: count}, (_, i) => flat(parseIso(start) + i * stepMs, i + 1)));
}

const times = (bars: {time: Float64Array}) => Array.from(bars.time, formatIso);

describe("resampleBars", () => {
  it("takes the first open, the extremes, the last close and the sum of volumes", () => {
    const bars = toBarSeries([
      {time: 0, open: 5, high: 7, low: 4, close: 6, volume: 10},
      {time: 60_000, open: 6, high: 9, low: 6, close: 8, volume: 20},
      {time: 120_000, open: 8, high: 8, low: 3, close: 4, volume: 30}
    ]);
    const result = resampleBars(bars, "5m", alwaysOpen);
    expect(toBars(result)).toEqual([{time: 0, open: 5, high: 9, low: 3, close: 4, volume: 60}]);
  });

  it("counts NSE hours from 09:15, the last a quarter long", () => {
    const hours = resampleBars(ladder("2019-01-02T03:45:00Z", 375, MINUTE_MS), "1h", nse);
    expect(times(hours).map((time) => time.slice(11, 16))).toEqual([
      "03:45",
      "04:45",
      "05:45",
      "06:45",
      "07:45",
      "08:45",
      "09:45"
    ]);
    expect([...hours.volume]).toEqual([60, 60, 60, 60, 60, 60, 15]);
  });

  it("makes one bar a session, timed by its open, and leaves out what lies outside", () => {
    const minutes = toBarSeries([
      flat(parseIso("2019-01-02T03:37:00Z"), 99), // pre-open
      flat(parseIso("2019-01-02T03:45:00Z"), 10),
      flat(parseIso("2019-01-02T09:59:00Z"), 11),
      flat(parseIso("2019-01-02T10:01:00Z"), 98), // after the close
      flat(parseIso("2019-01-05T05:00:00Z"), 97), // a Saturday
      flat(parseIso("2019-01-07T03:45:00Z"), 12)
    ]);
    const days = resampleBars(minutes, "1d", nse);
    expect(times(days)).toEqual(["2019-01-02T03:45:00.000Z", "2019-01-07T03:45:00.000Z"]);
    expect([...days.high]).toEqual([11, 12]);
    expect(days.offSession).toEqual({preOpen: 1, postClose: 1, closedDay: 1});
  });

  it("leaves out pre-open rows in the midst of a week and a month too", () => {
    const minutes = toBarSeries([
      flat(parseIso("2019-01-02T03:45:00Z"), 10),
      flat(parseIso("2019-01-03T03:37:00Z"), 99), // pre-open
      flat(parseIso("2019-01-03T03:45:00Z"), 11)
    ]);
    for (const timeframe of ["1w", "1mo", "3d"] as const) {
      const bars = resampleBars(minutes, timeframe, nse);
      expect([...bars.high]).toEqual([11]);
      expect(bars.volume[0]).toBe(2);
      expect(bars.offSession.preOpen).toBe(1);
    }
  });

  it("times a week by its first session by the calendar, even if nothing traded then", () => {
    const holiday = {...nse, holidays: ["2024-01-22"]};
    const days = toBarSeries([flat(parseIso("2024-01-24T03:45:00Z"), 5), flat(parseIso("2024-01-29T03:45:00Z"), 6)]);
    expect(times(resampleBars(days, "1w", holiday))).toEqual(["2024-01-23T03:45:00.000Z", "2024-01-29T03:45:00.000Z"]);
    expect(times(resampleBars(days, "1mo", holiday))).toEqual(["2024-01-01T03:45:00.000Z"]);
  });

  it("gives a Muhurat Sunday to the week it ends", () => {
    const evening = flat(parseIso("2023-11-12T12:45:00Z"), 7, 3);
    const monday = flat(parseIso("2023-11-13T03:45:00Z"), 8, 5);
    const weeks = resampleBars(toBarSeries([evening, monday]), "1w", nse);
    expect([...weeks.volume]).toEqual([3, 5]);
    expect(times(weeks)[0]).toBe("2023-11-06T03:45:00.000Z");
  });

  it("gives FX of Sunday evening to Monday, to the next week, and to the next month", () => {
    const evening = flat(parseIso("2024-03-31T21:30:00Z"), 7);
    const friday = flat(parseIso("2024-03-29T20:00:00Z"), 6);
    const bars = toBarSeries([friday, evening]);
    expect(times(resampleBars(bars, "1d", fx))).toEqual(["2024-03-28T21:00:00.000Z", "2024-03-31T21:00:00.000Z"]);
    expect(resampleBars(bars, "1w", fx)).toHaveLength(2);
    expect(times(resampleBars(bars, "1mo", fx))).toEqual(["2024-02-29T22:00:00.000Z", "2024-03-31T21:00:00.000Z"]);
  });

  it("keeps four-hour FX bars on New York's 17:00 through both changes of the clock", () => {
    for (const [start, shift] of [
      ["2024-03-08T10:00:00Z", -1],
      ["2024-11-01T09:00:00Z", 1]
    ] as const) {
      const bars = resampleBars(ladder(start, 120, HOUR_MS), "4h", fx);
      const hours = Array.from(bars.time, (time) => new Date(time).getUTCHours() % 4);
      const first = new Date(bars.time[0]!).getUTCHours() % 4;
      expect(new Set(hours)).toEqual(new Set([first, (first + shift + 4) % 4]));
      expect(hours.at(-1)).toBe((first + shift + 4) % 4);
    }
  });

  it("says whether the last bar is whole", () => {
    const minutes = ladder("2024-01-01T00:00:00Z", 9, MINUTE_MS);
    expect(resampleBars(minutes, "5m", alwaysOpen).lastIsPartial).toBe(true);
    expect(wholeBars(resampleBars(minutes, "5m", alwaysOpen)).length).toBe(
      resampleBars(minutes, "5m", alwaysOpen).length - 1
    );
    expect(resampleBars(ladder("2024-01-01T00:00:00Z", 10, MINUTE_MS), "5m", alwaysOpen).lastIsPartial).toBe(false);
    const end = parseIso("2024-01-01T00:10:00Z");
    expect(resampleBars(minutes, "5m", alwaysOpen, {asOf: end}).lastIsPartial).toBe(false);
    expect(resampleBars(minutes, "5m", alwaysOpen, {asOf: end - 1}).lastIsPartial).toBe(true);
    expect(resampleBars(toBarSeries([]), "5m", alwaysOpen)).toMatchObject({length: 0, lastIsPartial: false});
    const days = ladder("2024-01-01T00:00:00Z", 7, DAY_MS); // Monday to Sunday
    expect(resampleBars(days, "1w", alwaysOpen).lastIsPartial).toBe(false);
  });

  it("refuses bars that make no sense or fall back, naming the row", () => {
    expect(() => resampleBars(toBarSeries([flat(0, 1), flat(0, 1)]), "5m", alwaysOpen)).toThrow(
      "bars out of order at 1"
    );
    expect(() => resampleBars(toBarSeries([flat(0, NaN)]), "5m", alwaysOpen)).toThrow("invalid bar at 0");
  });
});
