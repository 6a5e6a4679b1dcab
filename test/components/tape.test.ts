import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {spread} from "../../components/charts/spread.js";
import {tapeAxis} from "../../components/charts/tape-axis.js";
import {tapeTicks} from "../../components/charts/tape-ticks.js";
import {timeTicks} from "../../components/charts/time-ticks.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import {nse, open} from "./sample-dataset.js";

const minutes = {timeframe: "1m", calendar: nse} as const;
const kolkata = {zone: "Asia/Kolkata", locale: "en-GB"};
const at = (...offsets: number[]) => offsets.map((offset) => open + offset * MINUTE_MS);

describe("tapeAxis", () => {
  it("leaves a hole in the data empty and closes the night", () => {
    const times = [...at(0, 1, 4, 374), open + DAY_MS];
    const {position, length, gaps, sessions} = tapeAxis(times, {...minutes, widestGap: 1000});
    expect([...position]).toEqual([0, 1, 4, 374, 375]);
    expect(length).toBe(376);
    expect(gaps).toEqual([
      {start: 2, end: 4, missing: 2},
      {start: 5, end: 374, missing: 369}
    ]);
    expect(sessions).toEqual([
      [0, 375],
      [375, 376]
    ]);
  });

  it("counts bars missing at the end of one session and the start of the next", () => {
    const {gaps} = tapeAxis([...at(370), open + DAY_MS + 2 * MINUTE_MS], minutes);
    expect(gaps).toEqual([{start: 1, end: 7, missing: 6}]);
  });

  it("draws a long gap no wider than told, and says how long it was", () => {
    const {position, gaps} = tapeAxis(at(0, 200), {...minutes, widestGap: 10});
    expect([...position]).toEqual([0, 11]);
    expect(gaps[0]!.missing).toBe(199);
  });

  it("gives a bar before the open a place of its own", () => {
    expect([...tapeAxis(at(-8, 0, 1), minutes).position]).toEqual([0, 1, 2]);
  });

  it("counts days by sessions: a weekend and a holiday take no room, an absent day does", () => {
    const days = [0, 1, 5, 8].map((n) => open + n * DAY_MS); // Wed, Thu, Mon (Fri a holiday), Thu
    expect([...tapeAxis(days, {timeframe: "1d", calendar: nse}).position]).toEqual([0, 1, 2, 5]);
  });

  it("lets an hour's bar at the end of the session meet the next morning's", () => {
    const times = [open + 5 * HOUR_MS, open + 6 * HOUR_MS, open + DAY_MS];
    expect([...tapeAxis(times, {timeframe: "1h", calendar: nse}).position]).toEqual([0, 1, 2]);
  });

  it("has no place where there is no bar", () => {
    expect(tapeAxis([], minutes)).toEqual({position: new Float64Array(0), length: 0, gaps: [], sessions: []});
  });
});

describe("tapeTicks", () => {
  it("labels the finest step that has room, the day where it changes", () => {
    const times = [...Array(750).keys()].map((i) => open + (i % 375) * MINUTE_MS + (i < 375 ? 0 : DAY_MS));
    const ticks = tapeTicks(times, [...times.keys()], 60, kolkata);
    expect(ticks.map(({label}) => label)).toEqual(["10:00\n2 Jan", "12:00", "14:00", "09:15\n3 Jan", "12:00", "14:00"]);
  });

  it("labels days by months and names the year once", () => {
    const times = [...Array(400).keys()].map((i) => Date.UTC(2024, 10, 15) + i * DAY_MS);
    const ticks = tapeTicks(times, [...times.keys()], 50, {zone: "UTC", locale: "en-GB"});
    expect(ticks.slice(0, 2).map(({label}) => label)).toEqual(["Jan\n2025", "Mar"]);
  });

  it("never crowds its labels, and stays in order", () => {
    const steps = fc.array(fc.integer({min: 1, max: 3000}), {minLength: 1, maxLength: 80});
    fc.assert(
      fc.property(steps, fc.integer({min: 5, max: 40}), (lengths, room) => {
        let time = open;
        const times = lengths.map((minutes) => {
          time += minutes * MINUTE_MS;
          return time;
        });
        const places = tapeTicks(times, [...times.keys()], room, kolkata).map(({position}) => position);
        for (const [k, place] of places.entries())
          if (k > 0) expect(place - places[k - 1]!).toBeGreaterThanOrEqual(room);
      }),
      {seed: 5, numRuns: 200}
    );
  });
});

describe("timeTicks", () => {
  const labels = (start: string, end: string, count: number) =>
    timeTicks(new Date(start), new Date(end), count, {locale: "en-GB"}).map(({label}) => label);

  it("names days by the clock, and months by the year where it changes", () => {
    expect(labels("2016-08-05T06:00Z", "2016-08-06T12:00Z", 5)).toEqual([
      "06:00\n5 Aug",
      "12:00",
      "18:00",
      "00:00\n6 Aug",
      "06:00",
      "12:00"
    ]);
    expect(labels("2025-10-01T00:00Z", "2026-06-01T00:00Z", 4)).toEqual(["Oct\n2025", "Jan\n2026", "Apr"]);
    expect(labels("2010-01-01T00:00Z", "2020-01-01T00:00Z", 4)).toEqual([
      "2010",
      "2012",
      "2014",
      "2016",
      "2018",
      "2020"
    ]);
  });
});

describe("spread", () => {
  it("moves near labels apart and leaves others alone", () => {
    expect(spread([10, 12, 40], 8, 0, 100)).toEqual([7, 15, 40]);
    expect(spread([2, 3], 8, 0, 100)).toEqual([0, 8]);
    expect(spread([99, 98], 8, 0, 100)).toEqual([100, 92]);
    expect(spread([], 8, 0, 100)).toEqual([]);
  });

  it("keeps order and distance whatever it is given", () => {
    const places = fc.array(fc.integer({min: 0, max: 200}), {minLength: 1, maxLength: 10});
    fc.assert(
      fc.property(places, (given) => {
        const sorted = spread(given, 12, 0, 200).sort((a, b) => a - b);
        for (let i = 1; i < sorted.length; ++i) expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThanOrEqual(12 - 1e-9);
        expect(Math.min(...sorted)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...sorted)).toBeLessThanOrEqual(200 + 1e-9);
      }),
      {seed: 3, numRuns: 300}
    );
  });
});
