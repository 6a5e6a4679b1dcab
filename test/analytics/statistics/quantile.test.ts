import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {median, quantile} from "../../../services/analytics/statistics/quantile.js";

const seeded = {seed: 20, numRuns: process.env["TAPEBOOK_VERIFY"] ? 20_000 : 500};
const values = fc.array(fc.oneof(fc.double({noNaN: true, min: -1e9, max: 1e9}), fc.integer({min: -3, max: 3})), {
  minLength: 1,
  maxLength: 60,
  size: "max"
});

/** Type 7 as its definition says it: sort, then a straight line between neighbours. */
function bySorting(sample: readonly number[], probability: number): number {
  const sorted = sample.slice().sort((a, b) => a - b);
  const rank = (sorted.length - 1) * probability;
  const [low, high] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
  return low === high ? low : low + (rank - Math.floor(rank)) * (high - low);
}

describe("quantile", () => {
  it("agrees with R's quantile(c(1, 2, 3, 4, 10), c(.05, .25, .5, .95), type = 7)", () => {
    const found = [0.05, 0.25, 0.5, 0.95].map((p) => quantile([10, 3, 1, 4, 2], p));
    for (const [i, expected] of [1.2, 2, 3, 8.8].entries()) expect(found[i]).toBeCloseTo(expected, 12);
  });

  it("agrees with sorting, to the bit", () => {
    fc.assert(
      fc.property(values, fc.double({min: 0, max: 1, noNaN: true}), (sample, probability) => {
        expect(quantile(sample, probability) + 0).toBe(bySorting(sample, probability) + 0);
      }),
      seeded
    );
  });

  it("leaves the caller's values as they were", () => {
    const sample = [3, 1, 2];
    expect(median(sample)).toBe(2);
    expect(sample).toEqual([3, 1, 2]);
  });

  it("has no value for nothing and for NaN, and refuses a probability outside [0, 1]", () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([1, NaN], 0.5)).toBeNaN();
    expect(() => quantile([1], 1.5)).toThrow("invalid probability: 1.5");
    expect(() => quantile([1], NaN)).toThrow("invalid probability: NaN");
  });
});
