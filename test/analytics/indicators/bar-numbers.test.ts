import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {adx} from "../../../services/analytics/indicators/adx.js";
import {donchian} from "../../../services/analytics/indicators/donchian.js";
import {keltner} from "../../../services/analytics/indicators/keltner.js";
import {macd} from "../../../services/analytics/indicators/macd.js";
import {createMovingExtreme} from "../../../services/analytics/indicators/moving-extreme.js";
import {createMovingMedian} from "../../../services/analytics/indicators/moving-median.js";
import {obv} from "../../../services/analytics/indicators/obv.js";
import {relativeVolume} from "../../../services/analytics/indicators/relative-volume.js";
import {sma} from "../../../services/analytics/indicators/sma.js";
import {stochastic} from "../../../services/analytics/indicators/stochastic.js";
import {supertrend} from "../../../services/analytics/indicators/supertrend.js";
import {createVwap, vwap} from "../../../services/analytics/indicators/vwap.js";
import {type Bar, toBarSeries} from "../../../services/domain/bar.js";
import {DAY_MS, MINUTE_MS, parseIso} from "../../../services/domain/time.js";
import {fx, nse} from "../../domain/calendars.js";
import {barLists} from "../../indicator-contract.js";

const bar = (time: number, high: number, low: number, close: number, volume = 1): Bar => ({
  time,
  open: close,
  high,
  low,
  close,
  volume
});
const steady = (count: number) => toBarSeries(Array.from({length: count}, (_, i) => bar(i, 3, 1, 2)));
const run = {seed: 41, numRuns: 200};

it("macd is the fast average less the slow, each from its own simple mean", () => {
  const {macd: line, signal, histogram} = macd([1, 2, 4, 8], {fast: 1, slow: 2, signal: 2});
  expect([...line].slice(0, 2)).toEqual([NaN, 0.5]); // 2 − 1.5
  expect(line[2]).toBeCloseTo(4 - (1.5 + (2 / 3) * 2.5), 12);
  expect(signal[2]).toBeCloseTo((0.5 + line[2]!) / 2, 12);
  expect(histogram[2]).toBeCloseTo(line[2]! - signal[2]!, 12);
  expect(() => macd([], {fast: 26, slow: 12})).toThrow("fast period not below slow: 26, 12");
});

describe("adx", () => {
  it("is 100 where price only rises, and 0 where nothing moves", () => {
    const rising = adx(toBarSeries(Array.from({length: 10}, (_, i) => bar(i, 2 + i, 1 + i, 2 + i))), {period: 3});
    expect([rising.plus.at(-1), rising.minus.at(-1), rising.adx.at(-1)]).toEqual([100, 0, 100]);
    const flat = adx(toBarSeries(Array.from({length: 10}, (_, i) => bar(i, 2, 2, 2))), {period: 3});
    expect([flat.plus.at(-1), flat.minus.at(-1), flat.adx.at(-1)]).toEqual([0, 0, 0]);
  });
});

describe("stochastic", () => {
  it("places the close in the range, in the middle of one without height", () => {
    const bars = toBarSeries([
      bar(0, 10, 0.5, 5),
      bar(1, 8, 2, 8),
      bar(2, 20, 10, 20),
      bar(3, 20, 20, 20),
      bar(4, 20, 20, 20)
    ]);
    const {k} = stochastic(bars, {period: 2, smooth: 1, signal: 1});
    expect([...k]).toEqual([NaN, (100 * 7.5) / 9.5, 100, 100, 50]);
  });

  it("is smoothed by simple averages", () => {
    const bars = fc.sample(barLists, {seed: 3, numRuns: 30}).filter((list) => list.length > 20);
    expect(bars.length).toBeGreaterThan(5);
    for (const list of bars) {
      const {k} = stochastic(toBarSeries(list), {period: 4, smooth: 1, signal: 1});
      const slow = stochastic(toBarSeries(list), {period: 4, smooth: 3, signal: 5});
      expect(slow.k).toEqual(sma(k, {period: 3}));
      expect(slow.d).toEqual(sma(slow.k, {period: 5}));
    }
  });
});

describe("donchian", () => {
  it("leaves the current bar out, so that it can break out", () => {
    const {upper, lower, middle} = donchian(
      toBarSeries([bar(0, 3, 1, 2), bar(1, 5, 2, 3), bar(2, 4, 2, 3), bar(3, 9, 3, 9)]),
      {period: 2}
    );
    expect([...upper]).toEqual([NaN, NaN, 5, 5]);
    expect([...lower]).toEqual([NaN, NaN, 1, 2]);
    expect([...middle]).toEqual([NaN, NaN, 3, 3.5]);
  });
});

it("a moving extreme is the extreme of each window", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({min: -99, max: 99}), {maxLength: 90, size: "max"}),
      fc.integer({min: 1, max: 25}),
      (values, period) => {
        for (const side of [1, -1] as const) {
          const out = new Float64Array(values.length);
          createMovingExtreme(period, side)(Float64Array.from(values), out);
          values.forEach((_, i) => {
            const window = values.slice(i - period + 1, i + 1);
            const expected = i < period - 1 ? NaN : side === 1 ? Math.max(...window) : Math.min(...window);
            expect(out[i]! + 0).toBe(expected);
          });
        }
      }
    ),
    run
  );
});

it("a moving median is the median of each window", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), {maxLength: 90, size: "max"}), fc.integer({min: 1, max: 25}), (values, size) => {
      const window = createMovingMedian(size);
      values.forEach((value, i) => {
        window.add(value);
        const sorted = values.slice(Math.max(0, i - size + 1), i + 1).sort((a, b) => a - b);
        const expected = i < size - 1 ? NaN : (sorted[(size - 1) >> 1]! + sorted[size >> 1]!) / 2;
        expect(window.median).toBe(expected);
      });
    }),
    run
  );
});

it("keltner lies some average ranges about the average close", () => {
  const {middle, upper, lower} = keltner(steady(30));
  expect([middle.at(-1), upper.at(-1), lower.at(-1)]).toEqual([2, 6, -2]);
});

describe("supertrend", () => {
  it("follows from below, never falling, and turns on a close beyond it", () => {
    const closes = [10, 11, 12, 13, 14, 15, 14, 8, 7, 6];
    const bars = toBarSeries(closes.map((close, i) => bar(i, close + 1, close - 1, close)));
    const {line, direction} = supertrend(bars, {period: 2, multiplier: 1});
    expect([...direction]).toEqual([NaN, NaN, 1, 1, 1, 1, 1, -1, -1, -1]);
    expect([...line].slice(2, 7)).toEqual([10, 11, 12, 13, 13]); // ranges of 2: a bar's middle less 2
    expect(line[7]).toBe(8 + (2 + 7) / 2); // the turn: range (2 + 7) / 2 above the middle
    expect(direction.at(-1)).toBe(-1);
    expect(line[9]!).toBeLessThanOrEqual(line[8]!);
  });

  it("stays put where price does", () => {
    const {line, direction} = supertrend(steady(20));
    expect([line.at(-1), direction.at(-1)]).toEqual([-4, 1]);
  });
});

describe("obv", () => {
  it("adds on a higher close, takes off on a lower and leaves an equal one", () => {
    expect([
      ...obv(toBarSeries([bar(0, 9, 1, 2, 5), bar(1, 9, 1, 3, 6), bar(2, 9, 1, 3, 7), bar(3, 9, 1, 1, 8)]))
    ]).toEqual([0, 6, 6, -2]);
    expect(() => obv(toBarSeries([bar(0, 9, 1, 2, NaN)]))).toThrow("invalid volume at 0: NaN");
    const late = Array.from({length: 3_000}, (_, i) => bar(i, 9, 1, 2, i === 2_500 ? -1 : 1));
    expect(() => obv(toBarSeries(late))).toThrow("invalid volume at 2500: -1");
    late[2_000] = bar(2_000, 9, 3, 2, 1);
    expect(() => obv(toBarSeries(late))).toThrow("invalid bar at 2000: high 9, low 3, close 2");
  });
});

describe("vwap", () => {
  const open = parseIso("2019-01-02T03:45:00Z");
  const at = (minutes: number, price: number, volume: number) =>
    bar(open + minutes * MINUTE_MS, price, price, price, volume);

  it("weighs prices by volume, with their weighted deviation as bands", () => {
    const lines = vwap(toBarSeries([at(0, 10, 1), at(1, 13, 2)]), {calendar: nse});
    expect([...lines.vwap]).toEqual([10, 12]);
    expect(lines.upper[0]).toBe(10);
    expect(lines.upper[1]).toBeCloseTo(12 + Math.sqrt((4 + 2) / 3), 12);
    expect(lines.lower[1]).toBeCloseTo(12 - Math.sqrt(2), 12);
  });

  it("begins anew with each session, and has no value outside one or before the first volume", () => {
    const bars = [at(-8, 99, 5), at(0, 10, 0), at(1, 12, 3), at(376, 99, 5), at(1440, 20, 1)];
    expect([...vwap(toBarSeries(bars), {calendar: nse}).vwap]).toEqual([NaN, NaN, 12, NaN, 20]);
    expect([...vwap(toBarSeries(bars), {calendar: nse}).upper]).toEqual([NaN, NaN, 12, NaN, 20]);
  });

  it("streams what it gives in one go, equals a sum worked out afresh, and ignores the unit of volume", () => {
    const bars = fc
      .array(fc.tuple(fc.integer({min: 1, max: 400}), fc.nat(9)), {maxLength: 80, size: "max"})
      .map((rows) =>
        rows.map(([price, volume], i) => bar(open + i * 97 * MINUTE_MS, price / 4, price / 4, price / 4, volume))
      );
    fc.assert(
      fc.property(bars, (list) => {
        const whole = vwap(toBarSeries(list), {calendar: fx});
        const stream = createVwap({calendar: fx});
        expect(list.map((each) => stream.next(each).upper)).toEqual([...whole.upper]);
        const doubled = list.map((each) => ({...each, volume: each.volume * 2}));
        expect([...vwap(toBarSeries(doubled), {calendar: fx}).lower]).toEqual([...whole.lower]);
        list.forEach((each, i) => {
          if (Number.isNaN(whole.vwap[i])) return;
          const opening = Math.floor((each.time - 22 * 3_600_000) / DAY_MS); // New York winter: sessions open at 22:00
          const since = list
            .slice(0, i + 1)
            .filter(({time}) => Math.floor((time - 22 * 3_600_000) / DAY_MS) === opening);
          const weight = since.reduce((sum, {volume}) => sum + volume, 0);
          expect(whole.vwap[i]).toBeCloseTo(
            since.reduce((sum, {close, volume}) => sum + close * volume, 0) / weight,
            9
          );
        });
      }),
      run
    );
  });
});

describe("relativeVolume", () => {
  it("is the volume over the median of the bars before", () => {
    const bars = toBarSeries([2, 4, 9, 0, 3].map((volume, i) => bar(i, 3, 1, 2, volume)));
    expect([...relativeVolume(bars, {period: 2})]).toEqual([NaN, NaN, 3, 0, 3 / 4.5]);
  });

  it("compares intraday bars with the same time of day", () => {
    const rows = [0, 1, 2].flatMap((day) => [
      bar(parseIso("2024-03-07T21:00:00Z") + day * DAY_MS, 3, 1, 2, 100),
      bar(parseIso("2024-03-08T02:00:00Z") + day * DAY_MS, 3, 1, 2, 10 * (day + 1))
    ]);
    expect([...relativeVolume(toBarSeries(rows), {calendar: nse, period: 2})]).toEqual([NaN, NaN, NaN, NaN, 1, 2]);
  });

  it("keeps to the venue's clock when it changes", () => {
    const open = (date: string) => bar(parseIso(date), 3, 1, 2, 5);
    const bars = toBarSeries([open("2024-03-08T14:30:00Z"), open("2024-03-11T13:30:00Z")]); // 09:30 in New York
    expect([...relativeVolume(bars, {calendar: fx, period: 1})]).toEqual([NaN, 1]);
  });

  it("has no value where the usual is nothing", () => {
    const bars = toBarSeries([0, 0, 5].map((volume, i) => bar(i, 3, 1, 2, volume)));
    expect([...relativeVolume(bars, {period: 2})]).toEqual([NaN, NaN, NaN]);
  });
});
