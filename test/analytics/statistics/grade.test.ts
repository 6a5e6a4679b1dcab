import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {benjaminiHochberg} from "../../../services/analytics/statistics/false-discovery.js";
import {gradeOf} from "../../../services/analytics/statistics/grade.js";

const pValues = fc.array(fc.double({min: 0, max: 1, noNaN: true}), {maxLength: 30, size: "max"});

describe("benjaminiHochberg", () => {
  it('agrees with R\'s p.adjust(c(.01, .04, .03, .005), "BH")', () => {
    expect([...benjaminiHochberg([0.01, 0.04, 0.03, 0.005])]).toEqual([0.02, 0.04, 0.04, 0.02]);
  });

  it("never lowers a p, never passes 1, keeps the order, and rejects what the step-up rule rejects", () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const adjusted = benjaminiHochberg(p);
        const sorted = p.slice().sort((a, b) => a - b);
        const accepted = sorted.findLastIndex((value, i) => value <= (0.05 * (i + 1)) / p.length + 1e-15);
        p.forEach((value, i) => {
          expect(adjusted[i]! >= value && adjusted[i]! <= 1).toBe(true);
          expect(adjusted[i]! <= 0.05 + 1e-12).toBe(accepted >= 0 && value <= sorted[accepted]!);
        });
      }),
      {seed: 23, numRuns: 300}
    );
  });

  it("leaves out tests that were not run", () => {
    expect([...benjaminiHochberg([0.02, NaN])]).toEqual([0.02, NaN]);
    expect(() => benjaminiHochberg([2])).toThrow("invalid p at 0: 2");
  });
});

describe("gradeOf", () => {
  it("demands both a small p and a sample for each grade", () => {
    expect(gradeOf(0.0005, 100)).toBe("strong");
    expect(gradeOf(0.0005, 99)).toBe("moderate");
    expect(gradeOf(0.01, 49)).toBe("weak");
    expect(gradeOf(0.05, 20)).toBe("weak");
    expect(gradeOf(0.05, 19)).toBe("none");
    expect(gradeOf(0.0501, 5000)).toBe("none");
  });

  it("gives none to what was not tested", () => {
    expect([gradeOf(undefined, 500), gradeOf(NaN, 500)]).toEqual(["none", "none"]);
  });
});
