import {describe, expect, it} from "vitest";
import {deviation, mean, populationDeviation, shape} from "../../../services/analytics/statistics/moments.js";

describe("moments", () => {
  const sample = [2, 4, 4, 4, 5, 5, 7, 9]; // squares about the mean of 5 add up to 32

  it("divides by n − 1 for a sample and by n for a population", () => {
    expect(mean(sample)).toBe(5);
    expect(deviation(sample)).toBeCloseTo(Math.sqrt(32 / 7), 14);
    expect(populationDeviation(sample)).toBe(2);
  });

  it("does not cancel where a sum of squares would", () => {
    const shifted = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];
    expect(deviation(shifted)).toBeCloseTo(Math.sqrt(30), 10);
  });

  it("gives skewness and kurtosis by population moments", () => {
    const {skewness, kurtosis} = shape([0, 0, 0, 1]); // m2 = 3/16, m3 = 3/32, m4 = 21/256
    expect(skewness).toBeCloseTo(3 / 32 / (3 / 16) ** 1.5, 14);
    expect(kurtosis).toBeCloseTo(21 / 256 / (3 / 16) ** 2, 14);
  });

  it("has no value where there is none", () => {
    expect(mean([])).toBeNaN();
    expect(deviation([1])).toBeNaN();
    expect(populationDeviation([])).toBeNaN();
    expect(shape([2, 2]).skewness).toBeNaN();
  });
});
