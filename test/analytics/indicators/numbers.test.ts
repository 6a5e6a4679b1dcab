import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {atr} from "../../../services/analytics/indicators/atr.js";
import {bollinger} from "../../../services/analytics/indicators/bollinger.js";
import {ema} from "../../../services/analytics/indicators/ema.js";
import {rsi} from "../../../services/analytics/indicators/rsi.js";
import {sma} from "../../../services/analytics/indicators/sma.js";
import {toBarSeries} from "../../../services/domain/bar.js";

describe("sma", () => {
  it("averages the last values", () => {
    expect([...sma([1, 2, 3, 4], {period: 2})]).toEqual([NaN, 1.5, 2.5, 3.5]);
    expect([...sma([5, 7], {period: 1})]).toEqual([5, 7]);
  });

  it("does not drift on a million bars that fall by eight orders of magnitude", () => {
    const values = Float64Array.from({length: 1_000_000}, (_, i) =>
      i < 500_000 ? 1e8 + Math.sin(i) : 1 + 0.1 * Math.sin(i)
    );
    const results = sma(values, {period: 20});
    let worst = 0;
    for (let i = 500_020; i < values.length; ++i) {
      let sum = 0;
      for (let k = i - 19; k <= i; ++k) sum += values[k]!;
      worst = Math.max(worst, Math.abs(results[i]! - sum / 20));
    }
    expect(worst).toBeLessThan(1e-15 * 20);
  });
});

describe("ema", () => {
  it("starts from the simple average", () => {
    const [first, second, third] = ema([1, 2, 6], {period: 2});
    expect(first).toBeNaN();
    expect(second).toBe(1.5);
    expect(third).toBeCloseTo(4.5, 12); // 1.5 + ⅔ (6 − 1.5)
  });

  it("of a constant is that constant", () => {
    expect([...ema(new Array<number>(50).fill(0.5), {period: 7})].slice(6)).toEqual(new Array<number>(44).fill(0.5));
  });
});

describe("rsi", () => {
  it("weighs gains against losses", () => {
    const [, , third, fourth] = rsi([1, 2, 1, 3], {period: 2});
    expect(third).toBe(50); // mean gain ½, mean loss ½
    expect(fourth).toBeCloseTo(100 * (1.25 / 1.5), 12); // gain (½ + 2) / 2, loss (½ + 0) / 2
  });

  it("is 100 without losses, 0 without gains and 50 where nothing moves", () => {
    expect(rsi([1, 2, 3, 4], {period: 2}).at(-1)).toBe(100);
    expect(rsi([4, 3, 2, 1], {period: 2}).at(-1)).toBe(0);
    expect(rsi([2, 2, 2, 2], {period: 2}).at(-1)).toBe(50);
  });

  it("of mirrored prices is mirrored", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({min: 1, max: 1_000}), {maxLength: 60, size: "max"}), (values) => {
        const mirrored = rsi(
          values.map((value) => 2_000 - value),
          {period: 5}
        );
        rsi(values, {period: 5}).forEach((value, i) => {
          if (i >= 5) expect(mirrored[i]).toBeCloseTo(100 - value, 9);
        });
      }),
      {seed: 7, numRuns: 100}
    );
  });
});

describe("atr", () => {
  const bar = (time: number, high: number, low: number, close: number) => ({
    time,
    open: close,
    high,
    low,
    close,
    volume: 0
  });

  it("counts the gap from the last close", () => {
    const bars = toBarSeries([bar(0, 3, 1, 2), bar(1, 6, 5, 6), bar(2, 6, 4, 4), bar(3, 5, 4, 5)]);
    expect([...atr(bars, {period: 2})]).toEqual([NaN, NaN, 3, 2]); // ranges 4, 2, 1: (4 + 2) / 2, then 3 + (1 − 3) / 2
  });
});

describe("bollinger", () => {
  it("lies two population deviations about the average", () => {
    const {middle, upper, lower} = bollinger([1, 3, 5], {period: 2});
    expect([...middle]).toEqual([NaN, 2, 4]);
    expect([...upper]).toEqual([NaN, 4, 6]);
    expect([...lower]).toEqual([NaN, 0, 2]);
  });

  it("has no width where price is flat, whatever came before", () => {
    const {upper, lower} = bollinger([...new Array<number>(30).fill(1e9), ...new Array<number>(60).fill(0.1)], {
      period: 20
    });
    expect(upper.subarray(50).map((value, i) => value - lower[50 + i]!)).toEqual(new Float64Array(40));
  });

  it("keeps its digits on large prices that hardly move", () => {
    const small = Array.from({length: 200}, (_, i) => ((i * 7) % 13) / 8); // exact in binary, added to 2^30 too
    const plain = bollinger(small, {period: 20});
    const lifted = bollinger(
      small.map((value) => 2 ** 30 + value),
      {period: 20}
    );
    for (let i = 19; i < small.length; ++i)
      expect(lifted.upper[i]! - lifted.lower[i]!).toBeCloseTo(plain.upper[i]! - plain.lower[i]!, 6);
  });

  it("equals the deviation of each window worked out afresh", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({min: 1, max: 100, noNaN: true}), {maxLength: 90, size: "max"}),
        fc.integer({min: 1, max: 25}),
        (values, period) => {
          const {middle, upper} = bollinger(values, {period, deviations: 1});
          for (let i = period - 1; i < values.length; ++i) {
            const window = values.slice(i - period + 1, i + 1);
            const mean = window.reduce((sum, value) => sum + value, 0) / period;
            const deviation = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / period);
            expect(middle[i]).toBeCloseTo(mean, 10);
            expect(upper[i]! - middle[i]!).toBeCloseTo(deviation, 10);
          }
        }
      ),
      {seed: 11, numRuns: 200}
    );
  });
});
