import {globSync} from "tinyglobby";
import {describe, expect, it} from "vitest";
import {type Bench, compare, median, toRow} from "./measure.js";

const names = globSync("*.bench.ts", {cwd: "test/bench"})
  .map((file) => file.replace(".bench.ts", ""))
  .sort();

/** The benches themselves are not run here: what they measure would be as good as nothing beside other tests. */
describe("benches", () => {
  it.each(names)(
    "%s loads, and what it compares does the same work",
    async (name) => {
      const {default: bench} = (await import(`./${name}.bench.ts`)) as {default: Bench};
      expect(bench.run).toBeTypeOf("function");
      expect(bench.name).toBe(name);
      await bench.check?.();
    },
    30_000
  );
});

describe("a row", () => {
  const terms = {path: "x", unit: "ms", peer: "y"};

  it("holds the median of the pairs' ratios, not the ratio of the medians", () => {
    const row = toRow([1, 10, 30], [1, 5, 10], {...terms, most: 2});
    expect(row).toMatchObject({ours: 10, theirs: 5, ratio: 2, isMet: true, rounds: 3});
    expect(toRow([1, 10, 31], [1, 4, 10], {...terms, most: 2})).toMatchObject({ratio: 2.5, isMet: false});
  });

  it("turns the ratio over where ours has to be faster", () => {
    expect(toRow([1], [3], {...terms, least: 3})).toMatchObject({ratio: 3, goal: "≥ 3 × as fast", isMet: true});
    expect(toRow([1], [2.9], {...terms, least: 3}).isMet).toBe(false);
    expect(toRow([NaN], [1], {...terms, most: 3}).isMet).toBe(false);
  });

  it("is measured in turn, and scales a peer that stands for another", async () => {
    const calls: string[] = [];
    const [ours, theirs] = [() => calls.push("a"), () => calls.push("b")];
    const row = await compare({...terms, ours, theirs, most: 1, rounds: 2});
    expect(calls.join("")).toBe("ababab");
    expect(row.rounds).toBe(2);
    const slow = () => new Promise((resolve) => setTimeout(resolve, 20));
    const scaled = await compare({...terms, ours: slow, theirs: slow, standsFor: 4, most: 1, rounds: 3});
    expect(scaled.ratio).toBeGreaterThan(0.15);
    expect(scaled.ratio).toBeLessThan(0.4);
  });

  it("takes the middle", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});
