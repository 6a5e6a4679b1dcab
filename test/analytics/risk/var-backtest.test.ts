import {describe, expect, it} from "vitest";
import {backtestVar, christoffersenTest, kupiecTest} from "../../../services/analytics/risk/var-backtest.js";
import {createRandom} from "../../../services/analytics/statistics/random.js";

describe("kupiecTest", () => {
  it("agrees with the likelihood ratio worked by hand", () => {
    // 9 of 100 at 95 %: 2·(91·ln(0.91/0.95) + 9·ln(0.09/0.05)) = 2.7510
    const ratio = 2 * (91 * Math.log(0.91 / 0.95) + 9 * Math.log(0.09 / 0.05));
    expect(ratio).toBeCloseTo(2.751, 3);
    expect(kupiecTest(9, 100, 0.95)).toBeCloseTo(0.0972, 3);
  });

  it("rejects where Kupiec's table does: 255 days at 99 % allow fewer than 7", () => {
    expect(kupiecTest(6, 255, 0.99)).toBeGreaterThan(0.05);
    expect(kupiecTest(7, 255, 0.99)).toBeLessThan(0.05);
  });

  it("rejects where Kupiec's table does: 510 days at 95 % allow 17 to 35 exceptions", () => {
    expect([16, 17, 35, 36].map((exceptions) => kupiecTest(exceptions, 510, 0.95) > 0.05)).toEqual([
      false,
      true,
      true,
      false
    ]);
  });

  it("is 1 where the share is exactly right, and defined at the ends", () => {
    expect(kupiecTest(5, 100, 0.95)).toBeCloseTo(1, 6);
    expect(kupiecTest(0, 100, 0.95)).toBeLessThan(0.01);
    expect(kupiecTest(100, 100, 0.95)).toBeLessThan(1e-12);
    expect(() => kupiecTest(3, 2, 0.95)).toThrow("invalid exceptions: 3 of 2");
  });
});

describe("christoffersenTest", () => {
  /** Exceptions that follow one another in so many of the cases. */
  const daysOf = (text: string) => [...text].map((sign) => sign === "x");

  it("agrees with the likelihood ratio worked by hand", () => {
    // after one: one of two; after none: none of one; together one of three: 2·(2·ln ½ − ln ⅓ − 2·ln ⅔) = 1.0465
    expect(christoffersenTest(daysOf("xx.."))).toBeCloseTo(0.3063, 4);
    expect(christoffersenTest(daysOf("x...".repeat(40)))).toBeLessThan(0.001); // never two together, out of so many
  });

  it("rejects exceptions that come in runs, and not the same number strewn about", () => {
    const runs = `${"xxxx"}${".".repeat(46)}`.repeat(5);
    const random = createRandom(3);
    const strewn = Array.from({length: 250}, () => random.next() < 0.08);
    expect(christoffersenTest(daysOf(runs))).toBeLessThan(1e-6);
    expect(christoffersenTest(strewn)).toBeGreaterThan(0.05);
  });

  it("has no answer where nothing could follow an exception", () => {
    expect(christoffersenTest(daysOf("....x"))).toBeNaN();
    expect(christoffersenTest(daysOf("xxxxx"))).toBeNaN();
    expect(christoffersenTest([])).toBeNaN();
  });
});

describe("backtestVar", () => {
  const random = createRandom(42);
  const returns = Array.from({length: 900}, () => random.normal());

  it("forecasts from the window before, and from nothing after", () => {
    const {forecasts} = backtestVar(returns, {window: 200});
    expect(forecasts.slice(0, 200).every(Number.isNaN)).toBe(true);
    const altered = returns.map((value, i) => (i >= 500 ? value - 50 : value));
    expect(backtestVar(altered, {window: 200}).forecasts.slice(0, 501)).toEqual(forecasts.slice(0, 501));
  });

  it("does not reject a forecast that is right, and rejects one that risk has outgrown", () => {
    const calm = backtestVar(returns);
    expect(calm.coverage.p).toBeGreaterThan(0.05);
    expect(calm.coverage).toMatchObject({n: 650, value: calm.exceptions.length / 650});
    const wild = backtestVar(returns.map((value, i) => (i < 250 ? value : value * (1 + i / 150))));
    expect(wild.coverage.p).toBeLessThan(0.01);
    expect(wild.exceptions.every((row) => row >= 250)).toBe(true);
    expect(calm.independence).toMatchObject({n: 650, value: calm.independence.p});
  });

  it("refuses to judge fewer than 100 days", () => {
    expect(backtestVar(returns.slice(0, 349)).coverage).toEqual({
      value: undefined,
      n: 99,
      reason: "99 out-of-sample periods; at least 100 are needed"
    });
    expect(backtestVar(returns.slice(0, 349)).independence.reason).toBe(
      "99 out-of-sample periods; at least 100 are needed"
    );
    const still = backtestVar(Array.from({length: 400}, () => 0));
    expect(still.independence).toEqual({value: undefined, n: 150, reason: "no exception that another could follow"});
    expect(() => backtestVar(returns, {window: 0.5})).toThrow("invalid window: 0.5");
  });
});
