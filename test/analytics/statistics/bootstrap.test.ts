import {describe, expect, it} from "vitest";
import {
  blockBootstrapInterval,
  bootstrapInterval,
  createResampling,
  createSumResampling
} from "../../../services/analytics/statistics/bootstrap.js";
import {mean} from "../../../services/analytics/statistics/moments.js";
import {createRandom} from "../../../services/analytics/statistics/random.js";

const verify = Boolean(process.env["TAPEBOOK_VERIFY"]);

describe("bootstrapInterval", () => {
  it("is the same for the same seed", () => {
    const interval = (seed: number) => bootstrapInterval([3, 1, 4, 1, 5, 9, 2, 6], mean, {seed, draws: 200});
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1)).not.toEqual(interval(2));
  });

  it("is as wide as theory says for a mean: about ±1.96·sd/√n", () => {
    const random = createRandom(9);
    const values = Array.from({length: 400}, () => random.normal());
    const {low, high} = bootstrapInterval(values, mean, {draws: 4000})!;
    expect((high - low) / 2 / (1.96 / 20)).toBeCloseTo(1, 1);
  });

  it("covers the true mean as often as it says", () => {
    const random = createRandom(10);
    const runs = verify ? 2000 : 200;
    let covered = 0;
    for (let run = 0; run < runs; ++run) {
      const values = Array.from({length: 60}, () => random.normal());
      const {low, high} = bootstrapInterval(values, mean, {draws: 400, seed: run})!;
      if (low <= 0 && 0 <= high) ++covered;
    }
    expect(covered / runs).toBeGreaterThan(verify ? 0.92 : 0.88);
    expect(covered / runs).toBeLessThan(verify ? 0.96 : 0.99);
  });

  it("has no interval for one unit, or where the statistic is undefined too often", () => {
    expect(bootstrapInterval([1], mean)).toBeUndefined();
    expect(bootstrapInterval([1, 2], () => NaN)).toBeUndefined();
    expect(bootstrapInterval([0, 0, 1], (sample) => 1 / mean(sample))).toBeUndefined();
  });

  it("refuses draws and levels that make no sense", () => {
    expect(() => bootstrapInterval([1, 2], mean, {draws: 0})).toThrow("invalid draws: 0");
    expect(() => bootstrapInterval([1, 2], mean, {level: 95})).toThrow("invalid level: 95");
  });
});

describe("blockBootstrapInterval", () => {
  it("draws runs of neighbours, past the end to the beginning", () => {
    const values = [0, 1, 2, 3, 4];
    blockBootstrapInterval(
      values,
      (sample) => {
        expect((sample[1]! - sample[0]! + 5) % 5).toBe(1);
        expect((sample[3]! - sample[2]! + 5) % 5).toBe(1);
        return 0;
      },
      {blockLength: 2, draws: 50}
    );
    expect.assertions(100);
  });

  it("is wider than an independent bootstrap where neighbours agree", () => {
    const random = createRandom(11);
    let last = 0;
    const values = Array.from({length: 1000}, () => {
      last = 0.8 * last + random.normal();
      return last;
    });
    const [blocked, single] = [30, 1].map((blockLength) => blockBootstrapInterval(values, mean, {blockLength})!);
    expect((blocked!.high - blocked!.low) / (single!.high - single!.low)).toBeGreaterThan(1.8);
  });

  it("refuses a block length that makes no sense", () => {
    expect(() => blockBootstrapInterval([1, 2], mean, {blockLength: 0})).toThrow("invalid block length: 0");
  });
});

describe("createResampling", () => {
  it("gives each statistic the interval that it would have by itself, from one set of draws", () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    let summaries = 0;
    const summarise = (sample: readonly number[]) => {
      ++summaries;
      return {sum: sample.reduce((sum, value) => sum + value, 0), most: Math.max(...sample)};
    };
    const intervalOf = createResampling(values, summarise, {draws: 300});
    expect(summaries).toBe(0);
    expect(intervalOf(({sum}) => sum)).toEqual(
      bootstrapInterval(values, (sample) => sample.reduce((sum, value) => sum + value, 0), {draws: 300})
    );
    expect(intervalOf(({most}) => most)).toEqual(
      bootstrapInterval(values, (sample) => Math.max(...sample), {draws: 300})
    );
    expect(summaries).toBe(300);
    expect(createResampling([1], summarise)(({sum}) => sum)).toBeUndefined();
    expect(() => createResampling(values, summarise, {draws: 0})(({sum}) => sum)).toThrow("invalid draws: 0");
  });
});

describe("createSumResampling", () => {
  const units = Array.from({length: 40}, (_, i) => [1 + (i % 3), Math.sin(i)]);

  it("gives just the interval that a bootstrap of the units gives", () => {
    const meanOf = (sample: readonly (readonly number[])[]) => {
      const [n, sum] = sample.reduce(([a, b], [c, d]) => [a! + c!, b! + d!], [0, 0]);
      return sum! / n!;
    };
    const options = {draws: 300, seed: 9};
    const intervalOf = createSumResampling(units, options);
    expect(intervalOf(([n, sum]) => sum! / n!)).toEqual(bootstrapInterval(units, meanOf, options));
    expect(intervalOf(([n]) => n!)).toEqual(
      bootstrapInterval(units, (sample) => sample.reduce((n, [own]) => n + own!, 0), options)
    );
  });

  it("has none for one unit, and refuses draws that make no sense", () => {
    expect(createSumResampling([[1, 2]])(([n]) => n!)).toBeUndefined();
    expect(() => createSumResampling(units, {draws: 0})(([n]) => n!)).toThrow("invalid draws: 0");
  });
});
