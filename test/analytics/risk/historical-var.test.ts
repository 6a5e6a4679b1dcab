import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {expectedShortfall, historicalVar, minimumReturns} from "../../../services/analytics/risk/historical-var.js";
import {createRandom} from "../../../services/analytics/statistics/random.js";

const verify = Boolean(process.env["TAPEBOOK_VERIFY"]);
const quick = {draws: 20};

describe("historicalVar and expectedShortfall", () => {
  const hundred = Array.from({length: 100}, (_, i) => (i % 2 ? 1 : -1) * (i + 1)); // −1, 2, −3 … −99, 100

  it("agree with a hundred returns worked by hand", () => {
    // the worst are −99 −97 −95 −93 −91 −89: rank 4.95 lies 0.95 of the way from −91 to −89
    expect(historicalVar(hundred, quick).value).toBeCloseTo(89.1, 10);
    expect(expectedShortfall(hundred, quick).value).toBeCloseTo((99 + 97 + 95 + 93 + 91) / 5, 10);
  });

  it("take a part of the return on the edge: 7.5 worst of 150", () => {
    const sample = Array.from({length: 150}, (_, i) => i - 150);
    expect(expectedShortfall(sample, quick).value).toBeCloseTo(
      (150 + 149 + 148 + 147 + 146 + 145 + 144 + 143 / 2) / 7.5,
      10
    );
  });

  it("carry n, an interval and how it was made", () => {
    const {n, low, high, level, method, value} = historicalVar(hundred);
    expect({n, level, method}).toEqual({n: 100, level: 0.95, method: "circular block bootstrap, 2000 draws"});
    expect(low! < value! && value! <= high!).toBe(true);
  });

  it("refuse below 100 returns at 95 % and 500 at 99 %, and say so", () => {
    expect([minimumReturns(0.95), minimumReturns(0.99), minimumReturns(0.975)]).toEqual([100, 500, 200]);
    expect(historicalVar(hundred.slice(1))).toEqual({
      value: undefined,
      n: 99,
      reason: "99 returns for 95 %; at least 100 are needed"
    });
    expect(expectedShortfall(hundred, {confidence: 0.99}).reason).toBe("100 returns for 99 %; at least 500 are needed");
  });

  it("refuse a return that is no number, naming its row, and a confidence in per cent", () => {
    expect(() => historicalVar([0, NaN])).toThrow("invalid return at 1: NaN");
    expect(() => historicalVar([0], {confidence: 95})).toThrow("invalid confidence: 95");
  });

  const returns = fc.array(fc.double({min: -0.5, max: 0.5, noNaN: true}), {minLength: 100, maxLength: 150});

  it("hold what they must: shortfall is not below VaR, both scale, and a shift moves both", () => {
    fc.assert(
      fc.property(returns, fc.double({min: 0.1, max: 10, noNaN: true}), (sample, scale) => {
        for (const measure of [historicalVar, expectedShortfall]) {
          const plain = measure(sample, quick).value!;
          expect(
            measure(
              sample.map((value) => value * scale),
              quick
            ).value
          ).toBeCloseTo(plain * scale, 8);
          expect(
            measure(
              sample.map((value) => value - 1),
              quick
            ).value
          ).toBeCloseTo(plain + 1, 8);
        }
        expect(expectedShortfall(sample, quick).value! >= historicalVar(sample, quick).value! - 1e-12).toBe(true);
      }),
      {seed: 40, numRuns: verify ? 2000 : 100}
    );
  });

  it("come near the truth of a normal sample: 1.645 and 2.063 deviations at 95 %", () => {
    const random = createRandom(41);
    const sample = Array.from({length: 20_000}, () => random.normal());
    expect(Math.abs(historicalVar(sample, quick).value! - 1.645)).toBeLessThan(0.05);
    expect(Math.abs(expectedShortfall(sample, quick).value! - 2.063)).toBeLessThan(0.05);
  });
});
