import {describe, expect, it} from "vitest";
import {balanceByDay} from "../../../services/analytics/performance/balance-by-day.js";
import {balanceCurve} from "../../../services/analytics/performance/balance-curve.js";
import {equityByDay} from "../../../services/analytics/performance/equity-by-day.js";
import {resultCurve, resultFalls} from "../../../services/analytics/performance/result-curve.js";
import {roundTrips} from "../../../services/analytics/performance/round-trips.js";
import type {Deal} from "../../../services/domain/deal.js";
import type {Instrument} from "../../../services/domain/instrument.js";
import {DAY_MS} from "../../../services/domain/time.js";
import {deal, deposit} from "./deal-builder.js";

const minutesADay = 1_440;
const instrument = (id: "MT5:EURUSD" | "MT5:USDJPY", currency: string): Instrument => ({
  id,
  name: id,
  assetClass: "fx",
  currency,
  tickSize: 0.001,
  contractSize: 1_000,
  calendar: "fx"
});
const usdjpy = instrument("MT5:USDJPY", "JPY");
const instruments = [instrument("MT5:EURUSD", "USD"), usdjpy];
/** A deposit, a result, and on the next day money taken out and a loss; a long of 2 lots held over the second midnight. */
const deals: Deal[] = [
  deposit(1, 1_000),
  deal(2, "buy", "in", 1, 1.1),
  deal(3, "sell", "out", 1, 1.2, {profit: 100}),
  deposit(minutesADay + 1, -50),
  deal(minutesADay + 2, "buy", "in", 2, 1.2, {commission: -4}),
  deal(2 * minutesADay + 3, "sell", "out", 2, 1.15, {profit: -100})
];
const money = (points: readonly {balance: {minor: number}; isOperation: boolean}[]) =>
  points.map(({balance, isOperation}) => [isOperation ? "paid" : "made", balance.minor / 100]);

describe("balanceByDay", () => {
  it("puts a day's payments first and then what trading made of it", () => {
    const points = balanceByDay(balanceCurve(deals), "UTC");
    expect(money(points)).toEqual([
      ["paid", 1_000],
      ["made", 1_100],
      ["paid", 1_050],
      ["made", 1_046],
      ["made", 946]
    ]);
    expect(points.map(({change}) => change.minor).reduce((sum, minor) => sum + minor)).toBe(94_600);
  });

  it("cuts days on the account's clock", () => {
    const evening = [deposit(1_100, 10), deposit(1_120, 10)]; // 18:20 and 18:40 UTC, either side of midnight in India
    expect(balanceByDay(balanceCurve(evening), "UTC").length).toBe(1);
    expect(balanceByDay(balanceCurve(evening), "Asia/Kolkata").length).toBe(2);
  });
});

describe("resultCurve", () => {
  it("adds up from nothing, and falls from its own peak", () => {
    const points = resultCurve(roundTrips(deals).trips);
    expect(points.map(({balance}) => balance.minor)).toEqual([10_000, -400]);
    expect([...resultFalls(points)]).toEqual([0, -10_400]);
    expect([...resultFalls(points.slice(1))]).toEqual([-400]);
    expect(resultCurve([])).toEqual([]);
  });
});

describe("equityByDay", () => {
  const closes = (close: readonly number[]) => ({time: close.map((_, day) => (day + 1) * DAY_MS - 1), close});
  const options = {currency: "USD", zone: "UTC", instruments, until: 4 * DAY_MS};
  const at = (known: Parameters<typeof equityByDay>[2]["closes"], rows = deals) =>
    equityByDay(balanceCurve(rows), roundTrips(rows), {...options, closes: known});

  it("adds what is open at the last close known to the balance of the day's end", () => {
    const {points, unknownDays} = at(new Map([["MT5:EURUSD", closes([1.2, 1.25, 1.15])]]));
    expect(money(points)).toEqual([
      ["paid", 1_000],
      ["made", 1_100],
      ["paid", 1_050],
      ["made", 1_146], // 1 046 and 2 lots × 1 000 × 0.05
      ["made", 946]
    ]);
    expect(unknownDays).toBe(0);
  });

  it("leaves a day out that it cannot value, says why, and loses no payment", () => {
    const {points, unknownDays, reason} = at(new Map());
    expect(money(points)).toEqual([
      ["paid", 1_000],
      ["made", 1_100],
      ["paid", 1_050],
      ["made", 946]
    ]);
    expect([unknownDays, reason]).toEqual([1, "no close of MT5:EURUSD is known for the days before"]);
  });

  it("never prices by a close that was not known yet, nor by one that is older than a long weekend", () => {
    const late = {time: [2 * DAY_MS + 1], close: [9]};
    expect(at(new Map([["MT5:EURUSD", late]])).unknownDays).toBe(1);
    const old = [deposit(1, 1_000), deal(2, "buy", "in", 1, 1.1), deal(8 * minutesADay, "sell", "out", 1, 1.1)];
    const {unknownDays} = equityByDay(balanceCurve(old), roundTrips(old), {
      ...options,
      until: 9 * DAY_MS,
      closes: new Map([["MT5:EURUSD", closes([1.1])]])
    });
    expect(unknownDays).toBe(4); // the ends of the fifth to the eighth day
  });

  it("converts by the closes known at the same moment", () => {
    const yen = [deposit(1, 1_000), deal(2, "sell", "in", 1, 150, {instrument: "MT5:USDJPY"})];
    const {points} = equityByDay(balanceCurve(yen), roundTrips(yen), {
      ...options,
      until: 2 * DAY_MS,
      closes: new Map([["MT5:USDJPY", closes([100, 125])]])
    });
    expect(money(points)).toEqual([
      ["paid", 1_000],
      ["made", 1_500], // 50 × 1 000 ÷ 100
      ["made", 1_200]
    ]);
  });

  it("says so where deals have no prices", () => {
    const bare = deals.map((each) => (each.type === "balance" ? each : {...each, price: NaN}));
    expect(at(new Map([["MT5:EURUSD", closes([1, 1, 1])]]), bare).reason).toContain("prices of its deals");
  });
});
