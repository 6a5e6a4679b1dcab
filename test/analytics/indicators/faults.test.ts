import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {ema} from "../../../services/analytics/indicators/ema.js";
import {sma} from "../../../services/analytics/indicators/sma.js";

/** Averages that look at their values only if the last result is no number. */
describe.each([
  ["sma", sma],
  ["ema", ema]
])("%s", (_, average) => {
  it("names the first value that is NaN or infinite, wherever it is and however long ago", () => {
    const periods = fc.constantFrom(1, 2, 3, 7, 20, 60);
    const prices = fc.array(fc.double({min: -1e6, max: 1e6, noNaN: true}), {minLength: 2, maxLength: 2_000});
    const fault = fc.constantFrom(NaN, Infinity, -Infinity);
    fc.assert(
      fc.property(prices, periods, fault, fault, fc.nat(), fc.nat(), (values, period, first, second, a, b) => {
        const row = 1 + (a % (values.length - 1));
        const later = row + (b % (values.length - row));
        const broken = values.with(later, second).with(row, first);
        expect(() => average(broken, {period})).toThrow(new RangeError(`invalid value at ${row}: ${first}`));
      }),
      {seed: 20, numRuns: process.env["TAPEBOOK_VERIFY"] ? 10_000 : 300}
    );
  });

  it("names it in a series shorter than its period, and at its very end", () => {
    expect(() => average([1, Infinity], {period: 20})).toThrow("invalid value at 1: Infinity");
    expect(() => average([...new Array(1_000).fill(5), NaN], {period: 20})).toThrow("invalid value at 1000: NaN");
  });

  it("takes values so large that their sum is infinite for numbers", () => {
    expect(average([1e308, 1e308, 1, 1], {period: 2})).toHaveLength(4);
    expect(average([], {period: 2})).toHaveLength(0);
    expect(average([NaN, NaN], {period: 2}).every(Number.isNaN)).toBe(true);
  });
});
