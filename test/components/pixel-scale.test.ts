import {scaleLinear, scaleLog} from "d3-scale";
import {describe, expect, it} from "vitest";
import {pixelScale} from "../../components/charts/market/pixel-scale.js";

describe("pixelScale", () => {
  it.each([
    ["a linear scale", scaleLinear([1.08, 1.12], [390, 10]), false],
    ["a logarithmic scale", scaleLog([0.5, 64_000], [390, 10]), true]
  ] as const)("places values where %s does", (_, scale, isLog) => {
    const y = pixelScale(scale, isLog);
    const [from, to] = scale.domain() as [number, number];
    for (let i = 0; i <= 20; ++i) {
      const value = from + ((to - from) * (i - 2)) / 16; // beyond its ends too
      if (!isLog || value > 0) expect(y(value)).toBeCloseTo(scale(value), 8);
    }
  });

  it("places all in the middle where both ends are one", () => {
    expect(pixelScale(scaleLinear([5, 5], [390, 10]), false)(5)).toBe(scaleLinear([5, 5], [390, 10])(5));
  });
});
