import {describe, expect, it} from "vitest";
import {permutationTest} from "../../../services/analytics/statistics/permutation-test.js";
import {createRandom} from "../../../services/analytics/statistics/random.js";

const verify = Boolean(process.env["TAPEBOOK_VERIFY"]);

describe("permutationTest", () => {
  it("finds the exact p of cases small enough to count", () => {
    const [, oneSession] = permutationTest([1, 2, 3, 4], [0, 0, 1, 1], [0, 0, 0, 0], {shuffles: 20_000});
    expect(Math.abs(oneSession! - 2 / 6)).toBeLessThan(0.1); // 6 arrangements, 2 as far out
    const [, twoSessions] = permutationTest([1, 9, 2, 8], [0, 1, 0, 1], [0, 0, 1, 1], {shuffles: 20_000});
    expect(Math.abs(twoSessions! - 0.5)).toBeLessThan(0.1); // 4 arrangements, 2 as far out
  });

  it("knows a small p finely and a large one coarsely: about 2 of 2¹² arrangements are as far out", () => {
    const labels = Array.from({length: 24}, (_, i) => i % 2);
    const sessions = labels.map((_, i) => i >> 1);
    const [, p] = permutationTest(labels, labels, sessions, {shuffles: 99_999});
    expect(Math.abs(p! * 2 ** 11 - 1)).toBeLessThan(0.3);
  });

  it("gives both of two labels the same p", () => {
    const [zero, one] = permutationTest([5, 1, 4, 2, 8, 1], [0, 1, 1, 0, 1, 0], [0, 0, 0, 1, 1, 1]);
    expect(zero).toBe(one);
  });

  it("cannot compare a label that never shares a session, and says NaN, not 1", () => {
    const p = permutationTest([10, 10, 0, 0, 3, 4], [2, 2, 0, 0, 0, 1], [0, 0, 1, 1, 2, 2]);
    expect(p[2]).toBeNaN();
    expect(p[0]).toBe(1);
  });

  it("calls 5 % of nothing significant at 5 %, though days differ and the label goes with the day", () => {
    const random = createRandom(12);
    const runs = verify ? 2000 : 300;
    const sessions = Array.from({length: 40}, (_, i) => Math.floor(i / 8));
    let found = 0;
    for (let run = 0; run < runs; ++run) {
      const values = sessions.map((session) => 3 * session + random.normal());
      const labels = sessions.map((session) => (random.next() < 0.15 + 0.15 * session ? 1 : 0));
      if (permutationTest(values, labels, sessions, {shuffles: 199, seed: run})[1]! <= 0.05) ++found;
    }
    expect(Math.abs(found / runs - 0.05)).toBeLessThan(verify ? 0.015 : 0.035);
  });

  it("is never 0", () => {
    const values = Array.from({length: 40}, (_, i) => (i < 20 ? 1 : 0));
    const sessions = values.map(() => 0);
    expect(permutationTest(values, values, sessions, {shuffles: 99})[1]).toBe(0.01);
  });

  it("refuses what makes no sense, naming the row", () => {
    expect(() => permutationTest([1], [1], [])).toThrow("lengths differ: 1 values, 1 labels, 0 sessions");
    expect(() => permutationTest([1, NaN], [0, 1], [0, 0])).toThrow("invalid value at 1: NaN");
    expect(() => permutationTest([1, 2], [0, 0.5], [0, 0])).toThrow("invalid label at 1: 0.5");
    expect(() => permutationTest([1, 2], [0, 1], [0, 0], {shuffles: NaN})).toThrow("invalid shuffles: NaN");
  });
});
