import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {linePoints} from "../../components/charts/market/line-points.js";
import type {MarketData} from "../../components/charts/market/market-data.js";
import {marketScene} from "../../components/charts/market/market-scene.js";
import {pixelColumns} from "../../components/charts/market/pixel-columns.js";
import {
  clampRange,
  panRange,
  rangeOfRows,
  rowNear,
  rowsIn,
  zoomRange
} from "../../components/charts/market/place-range.js";
import {tapeLayout} from "../../components/charts/tape-layout.js";
import {createFormats} from "../../components/format/create-formats.js";
import {lowerBound} from "../../services/domain/lower-bound.js";
import {sampleBars} from "./sample-bars.js";
import {nse} from "./sample-dataset.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const seeded = {seed: 4, numRuns: 300};
const lengths = fc.integer({min: 1, max: 5_000});
const fractions = fc.double({min: 0, max: 1, noNaN: true});
const ranges = fc
  .tuple(lengths, fractions, fractions)
  .map(([length, a, b]) => ({length, range: clampRange({start: a * length, end: (a + b) * length}, length)}));

describe("a range of places", () => {
  it("never leaves the bars, however it is moved and zoomed", () => {
    const moves = fc.array(fc.tuple(fc.boolean(), fc.double({min: -3, max: 3, noNaN: true})), {maxLength: 12});
    fc.assert(
      fc.property(ranges, moves, ({length, range}, steps) => {
        let now = range;
        for (const [isZoom, by] of steps)
          now = isZoom
            ? zoomRange(now, Math.exp(by), (now.start + now.end) / 2, length)
            : panRange(now, by * length, length);
        expect(now.start).toBeGreaterThanOrEqual(-0.5 - 1e-6);
        expect(now.end).toBeLessThanOrEqual(length - 0.5 + 1e-6);
        expect(now.end).toBeGreaterThan(now.start);
      }),
      seeded
    );
  });

  it("keeps the place under the pointer where it is, away from the ends", () => {
    const range = zoomRange({start: 400, end: 600}, 0.5, 450, 1_000);
    expect(range).toEqual({start: 425, end: 525});
    expect((450 - range.start) / (range.end - range.start)).toBe((450 - 400) / 200);
  });

  it("shows the rows that were asked for, and no other", () => {
    const {position} = tapeLayout(sampleBars(200), {timeframe: "15m", calendar: nse});
    fc.assert(
      fc.property(fc.nat(position.length - 1), fc.nat(position.length - 1), (a, b) => {
        const rows = {first: Math.min(a, b), end: Math.max(a, b) + 1};
        expect(rowsIn(position, rangeOfRows(position, rows))).toEqual(rows);
      }),
      seeded
    );
  });

  it("finds the nearest row, over holes too", () => {
    expect([-5, 0.4, 2.4, 2.6, 90].map((place) => rowNear([0, 1, 4, 5], place))).toEqual([0, 0, 1, 2, 3]);
    expect(rowNear([], 3)).toBe(-1);
    expect(lowerBound([1, 2, 4], 3)).toBe(2);
  });
});

describe("pixelColumns", () => {
  const bars = sampleBars(2_000);
  const {position, length} = tapeLayout(bars, {timeframe: "15m", calendar: nse});

  it("gives each bar its own column while there is a pixel for it", () => {
    const columns = pixelColumns(bars, position, {first: 10, end: 60}, {left: 0, step: 5});
    expect(columns.length).toBe(50);
    expect([...columns.close]).toEqual([...bars.close.subarray(10, 60)]);
    expect(columns.x[0]).toBe(position[10]! * 5);
  });

  it("loses no high, no low and no volume when bars share a pixel, and draws no more columns than pixels", () => {
    const steps = fc.double({min: 0.01, max: 0.9, noNaN: true});
    fc.assert(
      fc.property(steps, fc.nat(900), fc.integer({min: 1, max: 1_000}), (step, first, count) => {
        const end = Math.min(bars.length, first + count);
        const columns = pixelColumns(bars, position, {first, end}, {left: -3, step});
        const of = (column: Float64Array) => [...column.subarray(0, columns.length)];
        const seen = (column: Float64Array) => [...column.subarray(first, end)];
        expect(columns.length).toBeLessThanOrEqual(Math.ceil(length * step) + 1);
        expect(Math.max(...of(columns.high))).toBe(Math.max(...seen(bars.high)));
        expect(Math.min(...of(columns.low))).toBe(Math.min(...seen(bars.low)));
        expect(sum(of(columns.volume))).toBe(sum(seen(bars.volume)));
        expect(columns.open[0]).toBe(bars.open[first]);
        expect(columns.close[columns.length - 1]).toBe(bars.close[end - 1]);
        const x = of(columns.x);
        expect(x.every((at, i) => i === 0 || at > x[i - 1]!)).toBe(true);
      }),
      {seed: 4, numRuns: 60}
    );
  });
});

describe("linePoints", () => {
  const y = (value: number) => value;

  it("breaks where there is no value and where bars are absent", () => {
    const points = linePoints([NaN, 1, 2, 3], Float64Array.of(0, 1, 2, 5), {first: 0, end: 4}, {left: 0, step: 10}, y);
    expect([...points]).toEqual([NaN, NaN, 10, 1, 20, 2, NaN, NaN, 50, 3]);
  });

  it("keeps the lowest and the highest value of each pixel", () => {
    const places = Float64Array.from({length: 1_000}, (_, i) => i);
    const values = places.map((i) => (i % 100 === 50 ? 1e3 : Math.sin(i)));
    const points = linePoints(values, places, {first: 0, end: 1_000}, {left: 0, step: 0.1}, y);
    expect(points.length).toBeLessThanOrEqual(4 * 100);
    expect([...points].filter((value) => value === 1e3)).toHaveLength(10);
  });
});

describe("marketScene", () => {
  const bars = sampleBars(400);
  const layout = tapeLayout(bars, {timeframe: "15m", calendar: nse});
  const line = {label: "SMA 5", values: bars.close.map((value) => value - 1), colour: "--series-1", format: String};
  const options = {
    width: 800,
    isLog: false,
    format,
    tickSize: 0.05,
    heights: {price: 300, pane: 88},
    gutter: 0,
    axis: 60
  };
  const sceneOf = (
    rows: {first: number; end: number},
    changes: Partial<typeof options> = {},
    data: Partial<MarketData> = {}
  ) =>
    marketScene(
      {layout, lines: [line], panes: [], ...data},
      {...options, range: rangeOfRows(layout.position, rows), ...changes}
    );

  it("fits the prices to what is in sight, and puts high above low", () => {
    const {candles, rows, plot} = sceneOf({first: 50, end: 100});
    expect(rows).toEqual({first: 50, end: 100});
    for (let i = 0; i < candles.length; ++i) {
      expect(candles.high[i]).toBeLessThanOrEqual(candles.low[i]!);
      expect(candles.high[i]).toBeGreaterThanOrEqual(0);
      expect(candles.low[i]).toBeLessThanOrEqual(300);
    }
    expect(Math.max(...candles.x)).toBeLessThan(plot.right);
  });

  it("stretches by ratio on the log scale: equal changes are equal heights", () => {
    const doubled = {
      ...bars,
      low: bars.low.slice(),
      high: bars.high.slice(),
      close: bars.close.slice(),
      open: bars.open.slice()
    };
    for (const column of [doubled.open, doubled.high, doubled.low, doubled.close]) column.set([100, 200, 400]);
    const data = {layout: {...layout, bars: doubled}, lines: []};
    const {candles} = sceneOf({first: 0, end: 3}, {isLog: true}, data);
    expect(candles.close[0]! - candles.close[1]!).toBeCloseTo(candles.close[1]! - candles.close[2]!, 9);
    const plain = sceneOf({first: 0, end: 3}, {}, data).candles;
    expect(plain.close[1]! - plain.close[2]!).toBeCloseTo(2 * (plain.close[0]! - plain.close[1]!), 9);
  });

  it("begins a rebased pane at zero with the first bar in sight", () => {
    const pane = {
      label: "Change",
      isRebased: true,
      format: (value: number) => format.fraction(value),
      lines: [{...line, values: bars.close}]
    };
    const {panes} = sceneOf({first: 80, end: 120}, {}, {panes: [pane]});
    const [, firstY] = panes[2]!.lines[0]!.points;
    expect(panes[2]!.valueAt(firstY!)).toBe("0.0\u202f%");
    const last = panes[2]!.lines[0]!.points.at(-1)!;
    expect(panes[2]!.valueAt(last)).toBe(format.fraction(bars.close[119]! / bars.close[80]! - 1));
  });

  it("leaves a hole of absent bars empty and shades every other session", () => {
    const scene = sceneOf({first: 20, end: 90});
    const x = [...scene.candles.x];
    const widest = Math.max(...x.slice(1).map((at, i) => at - x[i]!));
    expect(widest).toBeCloseTo(6 * scene.scale.step, 6);
    expect(scene.sessions.length).toBeGreaterThan(0);
    expect(scene.zone).toBe("GMT+5:30");
  });

  it("names lines beside their ends only where it is given room", () => {
    expect(sceneOf({first: 0, end: 90}).panes[0]!.labels).toEqual([]);
    expect(sceneOf({first: 0, end: 90}, {gutter: 80}).panes[0]!.labels.map(({text}) => text)).toEqual(["SMA 5"]);
  });

  it("marks where live bars begin and which of them still forms, where they are in sight", () => {
    const edge = {seam: bars.time[110]!, isForming: true};
    const {candles, edge: seen} = sceneOf({first: 100, end: bars.length}, {}, {edge});
    expect(seen!.seam).toBeGreaterThan(candles.x[9]!);
    expect(seen!.seam).toBeLessThan(candles.x[10]!);
    expect(seen!.forming).toBeCloseTo(candles.x.at(-1)!, 6);
    expect(sceneOf({first: 112, end: 120}, {}, {edge}).edge).toMatchObject({forming: undefined});
    expect(sceneOf({first: 112, end: 120}, {}, {edge}).edge!.seam).toBeLessThan(0);
    expect(sceneOf({first: 0, end: 100}, {}, {edge}).edge).toBeUndefined();
    expect(sceneOf({first: 0, end: 100}).edge).toBeUndefined();
    const open = sceneOf({first: 100, end: bars.length}, {}, {edge: {isForming: true}});
    expect(open.edge).toEqual({seam: undefined, forming: open.candles.x[open.candles.length - 1]});
    expect(sceneOf({first: 0, end: 100}, {}, {edge: {isForming: true}}).edge).toBeUndefined();
  });

  it("has ticks wherever it looks, and draws an empty stretch without a fault", () => {
    expect(sceneOf({first: 0, end: bars.length}).timeTicks.length).toBeGreaterThan(2);
    const empty = marketScene(
      {layout: tapeLayout(sampleBars(0), {timeframe: "15m", calendar: nse}), lines: [], panes: []},
      {...options, range: {start: -0.5, end: 0.5}}
    );
    expect(empty.candles.length).toBe(0);
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
