import {describe, expect, it} from "vitest";
import {chiSquaredTail} from "../../../services/analytics/statistics/chi-squared.js";
import {mean, populationDeviation} from "../../../services/analytics/statistics/moments.js";
import {createRandom, scaledBelow} from "../../../services/analytics/statistics/random.js";

describe("createRandom", () => {
  it("gives the same stream for the same seed and another for another", () => {
    const draw = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({length: 5}, () => random.next());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(2 ** 40)).not.toEqual(draw(0));
  });

  it("never changes its stream: seed 1 gives what it gave when it was written", () => {
    const random = createRandom(1);
    expect(Array.from({length: 4}, () => random.below(1_000_000))).toMatchInlineSnapshot(`
      [
        468490,
        435932,
        397589,
        414399,
      ]
    `);
  });

  it("fills an array with what it would have given one after another, and goes on from there", () => {
    const [alone, filled] = [createRandom(9), createRandom(9)];
    const bits = new Uint32Array(100);
    filled.fill(bits);
    expect([...bits].map((each, i) => scaledBelow(each, i + 1))).toEqual([...bits].map((_, i) => alone.below(i + 1)));
    expect(filled.next()).toBe(alone.next());
  });

  it("spreads whole numbers evenly, by a chi-squared test on one degree of freedom", () => {
    const random = createRandom(3);
    const n = 100_000;
    const ones = Array.from({length: n}, () => random.below(2)).reduce((sum, value) => sum + value, 0);
    expect(chiSquaredTail((2 * ones - n) ** 2 / n, 1)).toBeGreaterThan(0.001);
  });

  it("draws normals of mean 0 and deviation 1", () => {
    const random = createRandom(5);
    const values = Array.from({length: 100_000}, () => random.normal());
    expect(Math.abs(mean(values))).toBeLessThan(0.011);
    expect(populationDeviation(values)).toBeCloseTo(1, 1);
  });

  it("refuses a seed that is no whole number", () => {
    expect(() => createRandom(0.5)).toThrow("invalid seed: 0.5");
    expect(() => createRandom(NaN)).toThrow("invalid seed: NaN");
  });
});
