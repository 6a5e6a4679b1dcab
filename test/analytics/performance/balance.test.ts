import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {balanceCurve} from "../../../services/analytics/performance/balance-curve.js";
import {balanceDrawdown} from "../../../services/analytics/performance/balance-drawdown.js";
import {drawdown, worstDrawdowns} from "../../../services/analytics/performance/drawdown.js";
import {streaks} from "../../../services/analytics/performance/streaks.js";
import {deal, deposit} from "./deal-builder.js";

const equities = fc.array(fc.double({min: 0.01, max: 1e6, noNaN: true}), {minLength: 1, maxLength: 60, size: "max"});

describe("balanceCurve", () => {
  it("has one point for each deal that moved money, in order", () => {
    const points = balanceCurve([
      deal(3, "sell", "out", 1, 100, {profit: -20, swap: -0.5}),
      deal(2, "buy", "in", 1, 100),
      deposit(1, 100)
    ]);
    expect(points.map(({ticket, isOperation, balance}) => [ticket, isOperation, balance.minor])).toEqual([
      ["1", true, 10_000],
      ["3", false, 7950]
    ]);
  });
});

describe("drawdown", () => {
  it("is the fraction below the running peak", () => {
    const found = [...drawdown([100, 80, 120, 90])];
    for (const [i, value] of [0, -0.2, 0, -0.25].entries()) expect(found[i]).toBeCloseTo(value, 15);
  });

  it("refuses an account with nothing in it, naming the row", () => {
    expect(() => drawdown([100, 0])).toThrow("equity not positive at 1: 0");
    expect(() => drawdown([NaN])).toThrow("equity not positive at 0: NaN");
  });

  it("is 0 at every new peak, in (−1, 0] always, and does not look ahead", () => {
    fc.assert(
      fc.property(equities, fc.nat(59), (equity, length) => {
        const found = drawdown(equity);
        expect(found.every((depth) => depth > -1 && depth <= 0)).toBe(true);
        expect([...drawdown(equity.slice(0, length))]).toEqual([...found].slice(0, length));
      }),
      {seed: 25, numRuns: 300}
    );
  });
});

describe("worstDrawdowns", () => {
  it("names peak, trough and recovery, deepest first", () => {
    expect(worstDrawdowns([100, 90, 80, 100, 120, 114, 120, 60, 90])).toMatchObject([
      {start: 6, trough: 7, recovery: undefined, depth: -0.5},
      {start: 0, trough: 2, recovery: 3},
      {start: 4, trough: 5, recovery: 6}
    ]);
  });

  it("are apart, and the deepest is the deepest of all", () => {
    fc.assert(
      fc.property(equities, (equity) => {
        const spells = worstDrawdowns(equity, {count: 100}).sort((a, b) => a.start - b.start);
        expect(Math.min(0, ...spells.map(({depth}) => depth))).toBe(Math.min(...drawdown(equity)));
        spells.forEach(({start, trough, recovery}, i) => {
          expect(start < trough && trough < (recovery ?? Infinity)).toBe(true);
          expect(start >= (spells[i - 1]?.recovery ?? 0)).toBe(true);
        });
      }),
      {seed: 26, numRuns: 300}
    );
  });
});

describe("balanceDrawdown", () => {
  const step = (minor: number, isOperation = false) => ({change: {minor, currency: "USD"}, isOperation});

  it("tells the largest in money from the largest as a fraction", () => {
    // 1000 → 800 is 200 and 20 %; 5000 → 4500 is 500 and 10 %
    const found = balanceDrawdown([step(1000, true), step(-200), step(4200), step(-500)])!;
    expect([found.maximal.money.minor, found.maximal.step]).toEqual([500, 3]);
    expect([found.relative.money.minor, found.relative.fraction]).toEqual([200, -0.2]);
  });

  it("moves the peak with a withdrawal", () => {
    const found = balanceDrawdown([step(1000, true), step(-100), step(-400, true), step(-50)])!;
    expect(found.maximal.money.minor).toBe(150);
    expect(found.maximal.fraction).toBeCloseTo(-0.25, 15);
  });

  it("is not defined where there never was a balance to lose", () => {
    expect(balanceDrawdown([step(-10)])).toBeUndefined();
  });
});

describe("streaks", () => {
  it("end at a change of sign and at a zero", () => {
    const found = streaks([5, 3, -1, 0, -2, -4]).map(({start, length, sum}) => [start, length, sum]);
    expect(found).toEqual([
      [0, 2, 8],
      [2, 1, -1],
      [4, 2, -6]
    ]);
  });
});
