import {describe, expect, it} from "vitest";
import {roundTrips} from "../../../services/analytics/performance/round-trips.js";
import {policyUse} from "../../../services/analytics/risk/policy-use.js";
import type {Deal} from "../../../services/domain/deal.js";
import type {Policy} from "../../../services/domain/settings.js";
import {MINUTE_MS} from "../../../services/domain/time.js";
import {deal, deposit} from "../performance/deal-builder.js";

const policy: Policy = {
  reentryWindowMinutes: 15,
  riskFractionPerTrade: 0.02,
  dailyLossFraction: 0.03,
  tradesPerDay: 3,
  coolingOffMinutes: 15
};
const day = 24 * 60;
const use = (deals: readonly Deal[], zone = "UTC", own = policy) => {
  const {lastDay, limits} = policyUse(deals, roundTrips(deals), {policy: own, zone});
  const [dailyLoss, tradesPerDay, riskPerTrade, coolingOff] = limits;
  return {
    lastDay,
    dailyLoss: dailyLoss!,
    tradesPerDay: tradesPerDay!,
    riskPerTrade: riskPerTrade!,
    coolingOff: coolingOff!
  };
};

/** A long of one lot, opened and closed at these minutes, with a profit; the point is worth its price in dollars. */
const trip = (from: number, to: number, profit: number, stopPrice?: number): Deal[] => [
  deal(from, "buy", "in", 1, 1_000, {position: `${from}`, ...(stopPrice !== undefined && {stopPrice})}),
  deal(to, "sell", "out", 1, 1_000 + profit, {position: `${from}`, profit})
];

describe("policyUse", () => {
  it("measures a day's loss at its deepest over the balance before it, and says when the limit was passed", () => {
    const deals = [
      deposit(1, 10_000),
      ...trip(10, 20, -200),
      ...trip(30, 40, -101), // −301: 3.01 % of 10 000
      ...trip(50, 60, 250), // made good, and passed all the same
      ...trip(day + 10, day + 20, -298.47), // 3 % of 9 949, not passed
      deposit(2 * day + 5, -5_000), // before the first close of its day: 4 650.53 is what there was
      ...trip(2 * day + 10, 2 * day + 20, -200)
    ];
    const {dailyLoss, lastDay} = use(deals);
    expect(lastDay).toBe("1970-01-03");
    expect(dailyLoss.observed.map(({name, part, whole}) => [name, part, whole])).toEqual([
      ["1970-01-01", 301, 10_000],
      ["1970-01-02", 298.47, 9_949],
      ["1970-01-03", 200, 4_650.53]
    ]);
    expect(dailyLoss.violations.map(({name, brokenAt}) => [name, brokenAt! / MINUTE_MS])).toEqual([
      ["1970-01-01", 40],
      ["1970-01-03", 2 * day + 20]
    ]);
    expect(dailyLoss.worst).toMatchObject({name: "1970-01-03", part: 200});
    expect(dailyLoss.worst!.found).toBeCloseTo(200 / 4_650.53, 12);
    expect(dailyLoss.lastDay).toEqual(dailyLoss.worst);
    expect(dailyLoss.unmeasured).toEqual([]);
  });

  it("counts an account's day by its own clock", () => {
    const deals = [deposit(1, 10_000), ...trip(18 * 60, 18 * 60 + 20, -200), ...trip(19 * 60, 19 * 60 + 20, -200)];
    expect(use(deals).dailyLoss.violations).toHaveLength(1);
    expect(use(deals, "Asia/Kolkata").dailyLoss.observed.map(({name}) => name)).toEqual(["1970-01-01", "1970-01-02"]);
    expect(use(deals, "Asia/Kolkata").dailyLoss.violations).toHaveLength(0);
  });

  it("counts opening deals by day, one that takes two closes once and one that is still open too", () => {
    const deals = [
      deposit(1, 10_000),
      ...trip(10, 20, 5),
      deal(30, "buy", "in", 1, 1_000, {position: "30"}),
      deal(40, "sell", "out", 0.4, 1_001, {position: "30", profit: 0.4}),
      deal(50, "sell", "out", 0.6, 1_001, {position: "30", profit: 0.6}),
      ...trip(60, 70, 5),
      deal(80, "buy", "in", 1, 1_000, {position: "80"}),
      ...trip(day + 10, day + 20, 5)
    ];
    const {tradesPerDay} = use(deals);
    expect(tradesPerDay.observed.map(({name, found}) => [name, found])).toEqual([
      ["1970-01-01", 4],
      ["1970-01-02", 1]
    ]);
    expect(tradesPerDay.violations).toEqual([tradesPerDay.worst]);
    expect(tradesPerDay.worst!.brokenAt! / MINUTE_MS).toBe(80);
    expect(tradesPerDay.lastDay).toMatchObject({found: 1});
  });

  it("measures risk to the first stop over the balance before, and never without a stop", () => {
    const deals = [
      deposit(1, 10_000),
      ...trip(10, 20, 50, 800), // 200 points at a dollar each: just 2 %
      ...trip(30, 40, 50, 798), // 202 of 10 050: 2.01 %
      ...trip(50, 60, 50),
      deal(70, "buy", "in", 2, 1_000, {position: "70", stopPrice: 850}), // 2 lots: 300 of 10 150
      deal(80, "sell", "out", 1, 1_010, {position: "70", profit: 10}),
      deal(90, "buy", "in", 1, 1_000, {position: "90", stopPrice: 10})
    ];
    const {riskPerTrade} = use(deals);
    expect(riskPerTrade.observed.map(({name, part, whole}) => [name, part, whole])).toEqual([
      ["10", 200, 10_000],
      ["30", 202, 10_050],
      ["70", 300, 10_150]
    ]);
    expect(riskPerTrade.violations.map(({name, brokenAt}) => [name, brokenAt! / MINUTE_MS])).toEqual([
      ["30", 40],
      ["70", 80]
    ]);
    expect(riskPerTrade.unmeasured).toEqual([
      {n: 1, reason: "without a stop to measure to"},
      {n: 1, reason: "still open, so that a price step's money is not known"}
    ]);
  });

  it("measures the wait from the last close that lost, across midnight and whatever was won since", () => {
    const deals = [
      deposit(1, 10_000),
      ...trip(10, 20, 5),
      ...trip(30, day - 5, -5),
      ...trip(day - 3, day - 2, 5), // 2 minutes after the loss
      ...trip(day + 9, day + 30, -5), // 14 minutes after it, on the next day
      ...trip(day + 45, day + 50, 5) // 15 minutes: as long as asked
    ];
    const {coolingOff} = use(deals);
    expect(coolingOff.observed.map(({found}) => found)).toEqual([2, 14, 15]);
    expect(coolingOff.violations.map(({name}) => Number(name))).toEqual([day - 3, day + 9]);
    expect(coolingOff.worst!.found).toBe(2);
    expect(coolingOff.lastDay!.found).toBe(14);
    expect(coolingOff.unmeasured).toEqual([{n: 2, reason: "before the first close that lost"}]);
  });

  it("measures no fraction on a history that does not begin with a deposit", () => {
    const {dailyLoss, riskPerTrade, coolingOff} = use([
      ...trip(10, 20, -50, 900),
      deposit(30, 10_000),
      ...trip(40, 50, -50, 900)
    ]);
    expect(dailyLoss).toMatchObject({
      observed: [],
      worst: undefined,
      unmeasured: [{n: 1, reason: "of a history that does not begin with a deposit"}]
    });
    expect(riskPerTrade.unmeasured).toEqual([{n: 2, reason: "on a balance that is not known, or of nothing"}]);
    expect(coolingOff.observed).toHaveLength(1);
  });

  it("has nothing to say of an account without a deal", () => {
    const {lastDay, dailyLoss, coolingOff} = use([]);
    expect(lastDay).toBeUndefined();
    expect([dailyLoss.observed, coolingOff.violations]).toEqual([[], []]);
  });

  it("never takes back a violation: what was known at a moment is known ever after", () => {
    const deals = [
      deposit(1, 10_000),
      ...Array.from({length: 24}, (_, i) =>
        trip(10 + 110 * i, 70 + 110 * i + 14 * (i % 4), ((i * 37) % 11) * 60 - 300, 700)
      ).flat()
    ].sort((a, b) => a.time - b.time);
    const known = (all: readonly Deal[]) =>
      Object.values(use(all)).flatMap((limit) =>
        typeof limit === "object"
          ? limit.violations.map(({name, brokenAt}) => ({key: `${limit.limit} ${name}`, brokenAt: brokenAt!}))
          : []
      );
    const whole = known(deals);
    expect(new Set(whole.map(({key}) => key.split(" ")[0])).size).toBe(4);
    for (const [i, {time}] of deals.entries())
      expect(known(deals.slice(0, i + 1))).toEqual(whole.filter(({brokenAt}) => brokenAt <= time));
  });
});
