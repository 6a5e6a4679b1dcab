import fc from "fast-check";
import {expect, it} from "vitest";
import {createGroupedMedian} from "../../../services/analytics/statistics/grouped-median.js";
import {median} from "../../../services/analytics/statistics/quantile.js";

it("is the median of the drawn groups' values one after another, bit for bit", () => {
  const value = fc.oneof(fc.integer({min: -3, max: 3}), fc.double({min: -1e3, max: 1e3, noNaN: true}));
  const groups = fc.array(fc.array(value, {maxLength: 6}), {minLength: 1, maxLength: 8});
  const drawn = groups.chain((all) =>
    fc.tuple(fc.constant(all), fc.array(fc.nat({max: all.length - 1}), {minLength: 1, maxLength: 12}))
  );
  fc.assert(
    fc.property(drawn, ([all, sample]) => {
      const expected = median(sample.flatMap((group) => all[group]!));
      expect(createGroupedMedian(all)(sample) + 0).toBe(expected + 0); // a zero has either sign
    }),
    {seed: 11, numRuns: process.env["TAPEBOOK_VERIFY"] ? 20_000 : 500}
  );
});

it("counts each resample anew", () => {
  const medianOf = createGroupedMedian([[1, 9], [4], []]);
  expect([medianOf([0]), medianOf([0, 1, 1]), medianOf([1]), medianOf([2])]).toEqual([5, 4, 4, NaN]);
});
