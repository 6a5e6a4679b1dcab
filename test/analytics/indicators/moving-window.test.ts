import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {createMovingMoments} from "../../../services/analytics/indicators/moving-moments.js";
import {createSmaKernel} from "../../../services/analytics/indicators/sma.js";

const run = {seed: 19920101, numRuns: process.env["TAPEBOOK_VERIFY"] === undefined ? 60 : 3_000};

/** Prices as they never are: calm, flat and steep stretches, jumps and single ticks of up to twelve orders of magnitude. */
const hostile = fc
  .array(
    fc.tuple(
      fc.integer({min: 1, max: 60}),
      fc.constantFrom("calm", "flat", "steep", "spike"),
      fc.integer({min: -6, max: 6}),
      fc.double({min: 0.5, max: 2, noNaN: true})
    ),
    {minLength: 1, maxLength: 12}
  )
  .map((stretches) =>
    Float64Array.from(
      stretches.flatMap(([count, kind, exponent, level]) => {
        const base = level * 10 ** exponent;
        return Array.from({length: count}, (_, i) => {
          if (kind === "flat") return base;
          if (kind === "steep") return base * (1 + i / 3);
          if (kind === "spike" && i === 7) return base * 1e6;
          return base * (1 + 0.01 * Math.sin(i * 1.7));
        });
      })
    )
  );
const periods = fc.integer({min: 1, max: 30});

function forEachWindow(values: Float64Array, period: number, check: (window: Float64Array, i: number) => void): void {
  for (let i = period - 1; i < values.length; ++i) check(values.subarray(i - period + 1, i + 1), i);
}

const meanOf = (window: Float64Array) => window.reduce((sum, value) => sum + value, 0) / window.length;

/** The variance about the last value, as `begin` has it: the most that doubles can say of a window by itself. */
function varianceOf(window: Float64Array): {variance: number; squares: number} {
  const distances = window.map((value) => value - window.at(-1)!);
  const mean = meanOf(distances);
  const about = distances.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {variance: about / window.length, squares: distances.reduce((sum, value) => sum + value * value, 0)};
}

describe("a moving window", () => {
  it("keeps an average right to period × 5e−13 of itself, whatever came before", () => {
    fc.assert(
      fc.property(hostile, periods, (values, period) => {
        const out = new Float64Array(values.length);
        createSmaKernel({period})(values, out);
        forEachWindow(values, period, (window, i) => {
          const mean = meanOf(window);
          expect(Math.abs(out[i]! - mean)).toBeLessThanOrEqual(period * 5e-13 * mean);
        });
      }),
      run
    );
  });

  it("keeps a variance right to period × 1e−11 of itself, never below 0, and 0 where price is flat", () => {
    fc.assert(
      fc.property(hostile, periods, (values, period) => {
        const [mean, variance] = [new Float64Array(values.length), new Float64Array(values.length)];
        createMovingMoments(period)(values, mean, variance);
        forEachWindow(values, period, (window, i) => {
          const fresh = varianceOf(window);
          const rounding = 1e-15 * period * fresh.squares; // a window whose last value lies far from the others
          expect(variance[i]!).toBeGreaterThanOrEqual(0);
          expect(Math.abs(variance[i]! - fresh.variance)).toBeLessThanOrEqual(
            period * 1e-11 * fresh.variance + rounding
          );
          if (window.every((value) => value === window[0])) expect([mean[i], variance[i]]).toEqual([window[0], 0]);
        });
      }),
      run
    );
  });

  it("gives the same bits however the values are cut into pieces, and in place", () => {
    fc.assert(
      fc.property(hostile, periods, fc.array(fc.integer({min: 1, max: 90})), (values, period, cuts) => {
        const whole = new Float64Array(values.length);
        createSmaKernel({period})(values, whole);
        const pieces = values.slice();
        const kernel = createSmaKernel({period});
        let start = 0;
        for (const length of [...cuts, values.length]) {
          const piece = pieces.subarray(start, Math.min(values.length, start + length));
          kernel(piece, piece);
          start += piece.length;
        }
        expect(pieces).toEqual(whole);
      }),
      run
    );
  });
});
