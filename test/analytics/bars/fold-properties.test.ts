import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {createBarBuilder} from "../../../services/analytics/bars/bar-builder.js";
import {createBucketRule} from "../../../services/analytics/bars/bucket.js";
import {resampleBars} from "../../../services/analytics/bars/resample-bars.js";
import {ticksToBars} from "../../../services/analytics/bars/ticks-to-bars.js";
import {assertBars, type Bar, barColumns, toBars} from "../../../services/domain/bar.js";
import {sessionAt} from "../../../services/domain/calendar.js";
import type {Timeframe} from "../../../services/domain/timeframe.js";
import {alwaysOpen, fx, nse} from "../../domain/calendars.js";

const runs = process.env["TAPEBOOK_VERIFY"] === undefined ? 60 : 3_000;
const calendars = fc.constantFrom(fx, nse, alwaysOpen);
/** Weeks that hold a change of clocks in New York, a holiday, a Muhurat evening, a turn of the year. */
const starts = fc.constantFrom("2024-03-08", "2024-11-01", "2024-01-25", "2023-11-10", "2023-12-29").map(Date.parse);
const ticks = fc
  .tuple(
    starts,
    fc.array(fc.tuple(fc.nat(7_000_000), fc.integer({min: 1, max: 500}), fc.nat(9)), {maxLength: 200, size: "max"})
  )
  .map(([start, steps]) => {
    let time = start;
    const rows = steps.map(([step, price, volume]) => {
      time += step % 3 === 0 ? step % 900 : step; // some close together, some hours apart
      return {time, price: price / 4, volume};
    });
    return {
      time: rows.map((row) => row.time),
      price: rows.map((row) => row.price),
      volume: rows.map((row) => row.volume)
    };
  });
const coarser: Record<string, Timeframe[]> = {
  "1s": ["1m", "1h", "1d"],
  "1m": ["5m", "15m", "1h", "4h", "1d", "1w"],
  "1h": ["4h", "1d", "1w", "1mo"],
  "1d": ["1w", "1mo", "3mo"]
};
const pairs = fc.constantFrom(
  ...Object.entries(coarser).flatMap(([fine, list]) => list.map((coarse) => [fine as Timeframe, coarse] as const))
);
const timeframes = fc.constantFrom<Timeframe>("1s", "1m", "7m", "1h", "4h", "1d", "2d", "1w", "1mo");

describe("folding", () => {
  it("in two steps is folding in one", () => {
    fc.assert(
      fc.property(ticks, calendars, pairs, (rows, calendar, [fine, coarse]) => {
        const direct = ticksToBars(rows, coarse, calendar);
        const cascade = resampleBars(ticksToBars(rows, fine, calendar), coarse, calendar);
        for (const name of barColumns) expect(cascade[name]).toEqual(direct[name]);
      }),
      {seed: 21, numRuns: runs}
    );
  });

  it("tick by tick gives the bars of the batch", () => {
    fc.assert(
      fc.property(ticks, calendars, timeframes, (rows, calendar, timeframe) => {
        const builder = createBarBuilder({timeframe, calendar});
        const closed = rows.time.map((time, i) => builder.add(time, rows.price[i]!, rows.volume[i]!));
        const last = builder.forming ?? [];
        const bars = [...closed.filter((bar) => bar !== undefined), last].flat();
        const batch = ticksToBars(rows, timeframe, calendar);
        expect(bars).toEqual(toBars(batch));
        expect(builder.dropped).toEqual({late: 0, offSession: Object.values(batch.offSession).reduce((a, b) => a + b)});
      }),
      {seed: 22, numRuns: runs}
    );
  });

  it("loses no volume, makes sound bars in rising order, and each lies in its bucket", () => {
    fc.assert(
      fc.property(ticks, calendars, timeframes, (rows, calendar, timeframe) => {
        const bars = ticksToBars(rows, timeframe, calendar);
        assertBars(bars);
        const inside = rows.volume.filter((_, i) => sessionAt(calendar, rows.time[i]!) !== undefined);
        expect(bars.volume.reduce((a, b) => a + b, 0)).toBe(inside.reduce((a, b) => a + b, 0));
        const bucketAt = createBucketRule(timeframe, calendar);
        for (const time of bars.time) expect(bucketAt(time)?.start).toBe(time);
      }),
      {seed: 23, numRuns: runs}
    );
  });

  it("of a bar's own timeframe changes nothing", () => {
    fc.assert(
      fc.property(ticks, calendars, timeframes, (rows, calendar, timeframe) => {
        const bars = ticksToBars(rows, timeframe, calendar);
        expect(toBars(resampleBars(bars, timeframe, calendar))).toEqual(toBars(bars));
      }),
      {seed: 24, numRuns: runs}
    );
  });

  it("of the first ticks gives the first bars: a bar that is over never changes", () => {
    fc.assert(
      fc.property(ticks, calendars, timeframes, fc.nat(200), (rows, calendar, timeframe, count) => {
        const whole = toBars(ticksToBars(rows, timeframe, calendar));
        const cut = {
          time: rows.time.slice(0, count),
          price: rows.price.slice(0, count),
          volume: rows.volume.slice(0, count)
        };
        const early = toBars(ticksToBars(cut, timeframe, calendar)).slice(0, -1);
        expect(early).toEqual(whole.slice(0, early.length));
      }),
      {seed: 25, numRuns: runs}
    );
  });
});

describe("createBarBuilder", () => {
  const bar = (time: number, price: number, volume: number): Bar => ({
    time,
    open: price,
    high: price,
    low: price,
    close: price,
    volume
  });

  it("closes a bar on the clock, and then takes no more for it", () => {
    const builder = createBarBuilder({timeframe: "1m", calendar: alwaysOpen});
    expect(builder.add(1_000, 100)).toBeUndefined();
    expect(builder.formingEnd).toBe(60_000);
    expect(builder.close(59_999)).toBeUndefined();
    expect(builder.close(60_000)).toEqual(bar(0, 100, 1));
    expect(builder.close(60_000)).toBeUndefined();
    expect(builder.add(59_999, 90)).toBeUndefined();
    expect(builder.forming).toBeUndefined();
    expect(builder.dropped).toEqual({late: 1, offSession: 0});
    builder.add(60_000, 101);
    expect(builder.forming).toEqual(bar(60_000, 101, 1));
  });

  it("drops what belongs to a bar it has passed without a price", () => {
    const builder = createBarBuilder({timeframe: "1m", calendar: alwaysOpen});
    builder.add(180_000, 100);
    builder.add(60_000, 90);
    expect(builder.forming).toEqual(bar(180_000, 100, 1));
    expect(builder.dropped.late).toBe(1);
  });

  it("takes ticks of the forming bar in the order of arrival", () => {
    const builder = createBarBuilder({timeframe: "1m", calendar: alwaysOpen});
    builder.add(5_000, 100);
    builder.add(3_000, 102);
    expect(builder.forming).toEqual({time: 0, open: 100, high: 102, low: 100, close: 102, volume: 2});
  });

  it("closes the bar on a price after the session, which is in no bar", () => {
    const builder = createBarBuilder({timeframe: "1d", calendar: nse});
    builder.add(Date.parse("2019-01-02T09:59:00Z"), 50);
    expect(builder.add(Date.parse("2019-01-02T10:00:00Z"), 51)).toEqual(bar(Date.parse("2019-01-02T03:45:00Z"), 50, 1));
    expect(builder.dropped).toEqual({late: 0, offSession: 1});
  });

  it("goes on from a forming bar of a former run", () => {
    const builder = createBarBuilder({timeframe: "1m", calendar: alwaysOpen});
    builder.addBar({time: 0, open: 5, high: 9, low: 4, close: 6, volume: 7});
    builder.add(30_000, 10);
    expect(builder.forming).toEqual({time: 0, open: 5, high: 10, low: 4, close: 10, volume: 8});
  });

  it("refuses a price, a volume or a time that is none", () => {
    const builder = createBarBuilder({timeframe: "1m", calendar: alwaysOpen});
    expect(() => builder.add(0, NaN)).toThrow(/^invalid price: price not positive/);
    expect(() => builder.add(NaN, 1)).toThrow("time is not a number: NaN");
    expect(() => builder.add(0, 1, -1)).toThrow("volume negative or not a number: -1");
    expect(builder.forming).toBeUndefined();
  });
});

describe("ticksToBars", () => {
  it("counts ticks where the venue gives no volume", () => {
    const bars = ticksToBars({time: [0, 400, 1_200], price: [2, 3, 1]}, "1s", alwaysOpen);
    expect([...bars.volume]).toEqual([2, 1]);
    expect(bars.lastIsPartial).toBe(true);
  });

  it("refuses disorder and nonsense, naming the row", () => {
    const make = (time: number[], price: number[], volume?: number[]) => () =>
      ticksToBars({time, price, ...(volume && {volume})}, "1s", alwaysOpen);
    expect(make([5, 4], [1, 1])).toThrow("ticks out of order at 1: 4 after 5");
    expect(make([NaN], [1])).toThrow("ticks out of order at 0: NaN");
    expect(make([0], [0])).toThrow("invalid price at 0: 0");
    expect(make([0], [1], [NaN])).toThrow("invalid volume at 0: NaN");
    expect(make([0, 1], [1])).toThrow("tick columns differ in length: 2, 1");
  });
});
