import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {addMoney, moneyDecimals, roundHalfAway, toAmount, toMoney} from "../../services/domain/money.js";

describe("roundHalfAway", () => {
  it("rounds a loss as it rounds a gain of its size", () => {
    expect([2.5, -2.5, 0.5, -0.5, 1.4, -1.4].map(roundHalfAway)).toEqual([3, -3, 1, -1, 1, -1]);
    fc.assert(
      fc.property(fc.double({min: 0, max: 1e15, noNaN: true}), (value) => {
        expect(roundHalfAway(-value) + roundHalfAway(value)).toBe(0);
      }),
      {seed: 2, numRuns: 500}
    );
  });

  it("never gives minus zero, and passes on what is no number", () => {
    expect(Object.is(roundHalfAway(-0.2), 0)).toBe(true);
    expect(roundHalfAway(Number.NaN)).toBeNaN();
  });
});

describe("toMoney", () => {
  it("counts in the currency's smallest unit", () => {
    expect(toMoney(16.65, "USD")).toEqual({minor: 1665, currency: "USD"});
    expect(toMoney(1234, "JPY").minor).toBe(1234);
    expect(toMoney(1.234, "KWD").minor).toBe(1234);
    expect(["USD", "JPY", "BHD"].map(moneyDecimals)).toEqual([2, 0, 3]);
  });

  it("rounds half away from zero, also where binary falls short of the half", () => {
    expect([1.005, -1.005, 2.675, 0.005, 1.0049].map((amount) => toMoney(amount, "USD").minor)).toEqual([
      101, -101, 268, 1, 100
    ]);
  });

  it("never gives minus zero", () => {
    expect(Object.is(toMoney(-0.001, "USD").minor, 0)).toBe(true);
    expect(Object.is(addMoney(toMoney(-1, "USD"), toMoney(1, "USD")).minor, 0)).toBe(true);
  });

  it("counts every whole number of cents exactly, however large", () => {
    const largest = 2 ** 50;
    fc.assert(
      fc.property(
        fc.maxSafeInteger().filter((minor) => Math.abs(minor) < largest),
        (minor) => {
          expect(toMoney(minor / 100, "USD").minor).toBe(minor === 0 ? 0 : minor);
          expect(toMoney(toAmount({minor, currency: "USD"}), "USD").minor).toBe(minor === 0 ? 0 : minor);
        }
      ),
      {seed: 8, numRuns: 2_000}
    );
    expect(toMoney(12_345_678.4, "USD").minor).toBe(1_234_567_840);
    expect(toMoney(10_000_000_000, "USD").minor).toBe(1_000_000_000_000);
  });

  it("refuses what cannot be counted", () => {
    for (const amount of [NaN, Infinity, 1e15])
      expect(() => toMoney(amount, "USD")).toThrow(`money out of range: ${amount}`);
  });
});

describe("addMoney", () => {
  it("refuses to mix currencies or to overflow", () => {
    expect(addMoney(toMoney(1, "USD"), toMoney(2.5, "USD"))).toEqual({minor: 350, currency: "USD"});
    expect(() => addMoney(toMoney(1, "USD"), toMoney(1, "EUR"))).toThrow(new TypeError("cannot add EUR to USD"));
    const huge = {minor: Number.MAX_SAFE_INTEGER, currency: "USD"};
    expect(() => addMoney(huge, huge)).toThrow(/^money out of range/);
  });
});
