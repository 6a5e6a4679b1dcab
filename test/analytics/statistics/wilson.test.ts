import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {wilsonInterval} from "../../../services/analytics/statistics/wilson.js";

describe("wilsonInterval", () => {
  it("agrees with Newcombe's worked example: 81 of 263 is 0.2553 to 0.3662", () => {
    const {low, high} = wilsonInterval(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  it("agrees with Newcombe's worked example at the end: 0 of 20 is 0 to 0.1611", () => {
    const {low, high} = wilsonInterval(0, 20);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(0.1611, 4);
  });

  it("holds the share, stays inside [0, 1], and mirrors", () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 400}), fc.nat(400), (n, draw) => {
        const successes = Math.min(n, draw);
        const {low, high} = wilsonInterval(successes, n);
        const mirror = wilsonInterval(n - successes, n);
        expect(low >= 0 && low <= successes / n && successes / n <= high && high <= 1).toBe(true);
        expect(mirror.low).toBeCloseTo(1 - high, 12);
      }),
      {seed: 22, numRuns: 300}
    );
  });

  it("refuses counts that make no sense", () => {
    expect(() => wilsonInterval(0, 0)).toThrow("invalid count: 0");
    expect(() => wilsonInterval(3, 2)).toThrow("invalid successes: 3 of 2");
    expect(() => wilsonInterval(1, 2, 95)).toThrow("invalid level: 95");
  });
});
