import {expect, it} from "vitest";
import {splitPurse} from "../../../services/analytics/performance/purse.js";
import {toMoney} from "../../../services/domain/money.js";

const purse = (cents: number) => {
  const none = toMoney(0, "USD");
  return {profit: {minor: cents, currency: "USD"}, commission: none, swap: none, fee: none};
};

it("half a loss is half the gain of its size, to the cent", () => {
  const half = (cents: number) => splitPurse(purse(cents), 1, 2);
  expect([half(5).taken.profit.minor, half(5).left.profit.minor]).toEqual([3, 2]);
  expect([half(-5).taken.profit.minor, half(-5).left.profit.minor]).toEqual([-3, -2]);
});
