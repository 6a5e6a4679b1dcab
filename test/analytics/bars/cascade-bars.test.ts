import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {cascadeBars} from "../../../services/analytics/bars/cascade-bars.js";
import {createBarFold} from "../../../services/analytics/bars/fold.js";
import {resampleBars} from "../../../services/analytics/bars/resample-bars.js";
import type {TickTable} from "../../../services/analytics/bars/tick-table.js";
import {ticksToBars} from "../../../services/analytics/bars/ticks-to-bars.js";
import {barColumns, createBarSeries} from "../../../services/domain/bar.js";
import {DAY_MS} from "../../../services/domain/time.js";
import type {Timeframe} from "../../../services/domain/timeframe.js";
import {alwaysOpen, fx, nse} from "../../domain/calendars.js";

const run = {seed: 31, numRuns: process.env["TAPEBOOK_VERIFY"] === undefined ? 80 : 4_000};
const calendars = [fx, nse, alwaysOpen, nse];

/** Minutes to days, over sessions, their edges, a change of clocks and a Muhurat evening; volumes that do not add up exactly. */
const tables: fc.Arbitrary<TickTable> = fc
  .tuple(
    fc.constantFrom("2024-03-08", "2024-11-01", "2023-11-10").map(Date.parse),
    fc.constantFrom(300, 40_000, 2_000_000, 30_000_000),
    fc.array(fc.tuple(fc.double({min: 0, max: 1, noNaN: true}), fc.nat(3), fc.integer({min: 1, max: 400}), fc.nat(9)), {
      maxLength: 300,
      size: "max"
    })
  )
  .map(([start, gapMs, rows]) => {
    let time = start;
    return {
      time: Float64Array.from(rows, ([step]) => {
        time += Math.round(step * step * gapMs);
        return time;
      }),
      instrument: Uint16Array.from(rows, ([, place]) => place),
      price: Float64Array.from(rows, ([, , price]) => price / 4),
      volume: Float64Array.from(rows, ([, , , volume]) => volume / 10)
    };
  });
/** Timeframes, and the place of the one that each is made of. */
const ladders = fc.constantFrom<{timeframes: Timeframe[]; sources: number[]}>(
  {timeframes: ["1s", "1m", "3m", "5m", "15m", "1h"], sources: [0, 0, 1, 1, 3, 4]},
  {timeframes: ["1m", "7m", "1h", "1d", "1w"], sources: [0, 0, 0, 2, 3]},
  {timeframes: ["1h", "4h", "1d", "1mo"], sources: [0, 0, 1, 2]},
  {timeframes: ["90s"], sources: [0]}
);

function ticksOf({time, instrument, price, volume}: TickTable, place: number) {
  const pick = (column: Float64Array) => column.filter((_, i) => instrument[i] === place);
  return {time: pick(time), price: pick(price), volume: pick(volume)};
}

describe("cascadeBars", () => {
  it("gives for the finest timeframe what createBarFold makes of each instrument's ticks, bit for bit", () => {
    fc.assert(
      fc.property(tables, ladders, (table, {timeframes: [finest]}) => {
        const cascade = cascadeBars(table, {calendars, timeframes: [finest!]});
        calendars.forEach((calendar, place) => {
          const {time, price, volume} = ticksOf(table, place);
          const target = createBarSeries(time.length);
          const fold = createBarFold(finest!, calendar, target);
          time.forEach((at, i) => {
            const value = price[i]!;
            fold.add(at, value, value, value, value, volume[i]!);
          });
          const [bars] = cascade[place]!;
          for (const name of barColumns) expect(bars![name]).toEqual(target[name].slice(0, fold.rows));
        });
      }),
      run
    );
  });

  it("gives at every level what the one-instrument functions give, particulars included", () => {
    fc.assert(
      fc.property(tables, ladders, fc.nat(DAY_MS), (table, {timeframes, sources}, laterMs) => {
        const asOf = (table.time.at(-1) ?? 0) + laterMs;
        const cascade = cascadeBars(table, {calendars, timeframes, asOf});
        calendars.forEach((calendar, place) => {
          const made = [ticksToBars(ticksOf(table, place), timeframes[0]!, calendar, {asOf})];
          for (const [i, timeframe] of timeframes.entries()) {
            if (i > 0) made.push(resampleBars(made[sources[i]!]!, timeframe, calendar, {asOf}));
            expect(cascade[place]![i]).toEqual(made[i]);
          }
        });
      }),
      run
    );
  });

  it("makes nothing of nothing", () => {
    const none = {
      time: new Float64Array(),
      instrument: new Uint16Array(),
      price: new Float64Array(),
      volume: new Float64Array()
    };
    expect(cascadeBars(none, {calendars: [nse], timeframes: ["1s"]})[0]![0]!.length).toBe(0);
    expect(cascadeBars(none, {calendars: [], timeframes: ["1s"]})).toEqual([]);
  });

  it("refuses what makes no sense, naming the row", () => {
    const make = (change: Partial<Record<keyof TickTable, number[]>>, timeframes: Timeframe[] = ["1s"]) => {
      const rows = {time: [5, 6], instrument: [0, 1], price: [1, 1], volume: [1, 1], ...change};
      const {time, instrument, price, volume} = rows;
      const column = (values: number[]) => Float64Array.from(values);
      const table = {time: column(time), price: column(price), volume: column(volume)};
      return () =>
        cascadeBars(
          {...table, instrument: Uint16Array.from(instrument)},
          {calendars: calendars.slice(0, 2), timeframes}
        );
    };
    expect(make({time: [6, 5]})).toThrow("ticks out of order at 1: 5 after 6");
    expect(make({time: [5, NaN]})).toThrow("ticks out of order at 1: NaN after 5");
    expect(make({price: [1, 0]})).toThrow("invalid price at 1: 0");
    expect(make({price: [Infinity, 1]})).toThrow("invalid price at 0: Infinity");
    expect(make({volume: [1, -1]})).toThrow("invalid volume at 1: -1");
    expect(make({volume: [NaN, 1]})).toThrow("invalid volume at 0: NaN");
    expect(make({instrument: [0, 2]})).toThrow("unknown instrument at 1: 2 of 2");
    expect(make({price: [1]})).toThrow("tick columns differ in length: 2, 2, 1, 2");
    expect(make({}, ["1d"])).toThrow("finest timeframe not intraday: 1d");
    expect(make({}, [])).toThrow("finest timeframe not intraday: undefined");
    expect(make({}, ["2m", "5m"])).toThrow("no earlier timeframe divides it: 5m");
  });
});
