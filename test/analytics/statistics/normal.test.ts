import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {chiSquaredTail} from "../../../services/analytics/statistics/chi-squared.js";
import {normalCdf, normalQuantile} from "../../../services/analytics/statistics/normal.js";

describe("normalCdf and normalQuantile", () => {
  it("agree with published tables", () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 14);
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14);
    expect(normalCdf(-6) / 9.865876450376946e-10).toBeCloseTo(1, 10);
    expect(normalQuantile(0.99)).toBeCloseTo(2.3263478740408408, 12);
  });

  it("undo each other", () => {
    fc.assert(
      fc.property(fc.double({min: 1e-12, max: 1 - 1e-12, noNaN: true}), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
      }),
      {seed: 21, numRuns: 300}
    );
  });

  it("hold at the ends", () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(2)]).toEqual([-Infinity, Infinity, NaN]);
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(NaN)]).toEqual([0, 1, NaN]);
  });
});

describe("chiSquaredTail", () => {
  it("gives the 5 % points of one and two degrees of freedom", () => {
    expect(chiSquaredTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
    expect(chiSquaredTail(5.991464547107979, 2)).toBeCloseTo(0.05, 12);
    expect(() => chiSquaredTail(-1, 1)).toThrow("invalid chi-squared value: -1");
  });
});
