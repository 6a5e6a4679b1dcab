import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {excursion} from "../../../services/analytics/performance/excursion.js";

const bars = (...ranges: readonly (readonly [low: number, high: number])[]) => ({
  low: Float64Array.from(ranges, ([low]) => low),
  high: Float64Array.from(ranges, ([, high]) => high)
});
const between = bars([90, 110], [99, 104], [80, 120]); // only the middle one is known to lie inside
const rows = {opened: 0, closed: 2};

describe("excursion", () => {
  it("looks at the bars wholly inside, and at entry and exit", () => {
    expect(excursion({side: "buy", openPrice: 100, closePrice: 102}, between, rows)).toEqual({
      worst: -1,
      best: 4,
      exitEfficiency: 0.5,
      n: 1
    });
    expect(excursion({side: "sell", openPrice: 100, closePrice: 102}, between, rows)).toEqual({
      worst: -4,
      best: 1,
      exitEfficiency: -2,
      n: 1
    });
  });

  it("states both over initial risk where there is a stop on the losing side, and never imputes one", () => {
    const long = {side: "buy", openPrice: 100, closePrice: 102} as const;
    expect(excursion(long, between, {...rows, stopPrice: 98})).toMatchObject({worstR: -0.5, bestR: 2});
    expect(excursion(long, between, {...rows, stopPrice: 101})!.worstR).toBeUndefined();
  });

  it("has no efficiency where it never stood better than its entry, and nothing without prices", () => {
    const flat = bars([90, 90]);
    expect(excursion({side: "buy", openPrice: 100, closePrice: 99}, flat, {opened: 0, closed: 0})).toEqual({
      worst: -1,
      best: 0,
      n: 0
    });
    expect(excursion({side: "buy", openPrice: NaN, closePrice: 99}, flat, {opened: 0, closed: 0})).toBeUndefined();
  });

  it("holds the result between its worst and its best, and swaps the sides when prices are mirrored", () => {
    const price = fc.integer({min: 1, max: 1_000});
    fc.assert(
      fc.property(
        price,
        price,
        fc.array(fc.tuple(price, price), {minLength: 2, maxLength: 20}),
        (openPrice, closePrice, ranges) => {
          const sorted = ranges.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
          const at = {opened: 0, closed: ranges.length - 1};
          const long = excursion({side: "buy", openPrice, closePrice}, bars(...sorted), at)!;
          expect(long.worst <= closePrice - openPrice && closePrice - openPrice <= long.best).toBe(true);
          const mirrored = bars(...sorted.map(([low, high]) => [-high, -low] as const));
          expect(excursion({side: "sell", openPrice: -openPrice, closePrice: -closePrice}, mirrored, at)).toEqual(long);
        }
      ),
      {seed: 11, numRuns: process.env["TAPEBOOK_VERIFY"] ? 20_000 : 300}
    );
  });
});
