import {describe, expect, it} from "vitest";
import {closedDeals} from "../../../services/analytics/performance/closed-deals.js";
import {metaTraderStatistics} from "../../../services/analytics/performance/metatrader-statistics.js";
import {roundTrips} from "../../../services/analytics/performance/round-trips.js";
import {tradeStatistics} from "../../../services/analytics/performance/trade-statistics.js";
import {createRandom} from "../../../services/analytics/statistics/random.js";
import {toMoney} from "../../../services/domain/money.js";
import type {RoundTrip} from "../../../services/domain/round-trip.js";
import {deal, deposit} from "./deal-builder.js";

/** Round trips of these nets, *perDay* a day, alternately long and short. */
function tripsOf(nets: readonly number[], {perDay = 3, r = false} = {}): RoundTrip[] {
  return nets.flatMap((net, i) => {
    const side = i % 2 === 0 ? "buy" : "sell";
    const other = side === "buy" ? "sell" : "buy";
    const ticket = 2 * i + 1;
    const price = side === "buy" ? 100 + net : 100 - net;
    const stop = r ? {stopPrice: side === "buy" ? 95 : 105} : {};
    const minute = Math.floor(i / perDay) * 1440 + (i % perDay) * 60;
    const at = (row: ReturnType<typeof deal>, offset: number) => ({...row, time: (minute + offset) * 60_000});
    return roundTrips([
      at(deal(ticket, side, "in", 1, 100, stop), 0),
      at(deal(ticket + 1, other, "out", 1, price, {profit: net}), 30)
    ]).trips;
  });
}

const nets = [10, -5, 10, -5, -5, 20, 10, 10, -10, 10];

describe("tradeStatistics", () => {
  it("agrees with ten round trips worked by hand", () => {
    const steps = [100, ...nets].map((amount, i) => ({change: toMoney(amount, "USD"), isOperation: i === 0}));
    const found = tradeStatistics(tripsOf(nets), {steps});
    expect(found).toMatchObject({
      n: 10,
      wins: 6,
      losses: 4,
      net: {minor: 4500},
      grossProfit: {minor: 7000},
      grossLoss: {minor: -2500}
    });
    expect(found.winRate).toMatchObject({value: 0.6, n: 10, level: 0.95, method: "Wilson, by round trip"});
    expect(found.winRate.low).toBeCloseTo(0.3127, 4);
    expect(found.expectancyMoney.value).toBe(4.5);
    expect([found.largestWin!.minor, found.largestLoss!.minor]).toEqual([2000, -1000]);
    expect(found.longestWinStreak).toMatchObject({start: 5, length: 3, sum: 4000});
    expect(found.longestLossStreak).toMatchObject({start: 3, length: 2, sum: -1000});
    expect(found.currentStreak).toMatchObject({sign: 1, length: 1});
    expect(found.maxDrawdown).toMatchObject({money: {minor: 1000}, step: 5});
    expect([found.long.n, found.long.net.minor, found.short.n, found.short.net.minor]).toEqual([5, 1500, 5, 3000]);
  });

  it("refuses what its sample cannot bear, and says how much is needed", () => {
    const found = tradeStatistics(tripsOf(nets));
    expect(found.profitFactor).toEqual({value: undefined, n: 10, reason: "10 round trips; at least 20 are needed"});
    expect(found.sqn).toEqual({value: undefined, n: 10, reason: "no stops are known, so no R"});
    expect(found.expectancyMoney).toEqual({
      value: 4.5,
      n: 10,
      reason: "4 sessions; at least 10 are needed for an interval"
    });
    expect(tradeStatistics([]).winRate.reason).toBe("0 round trips; at least 5 are needed");
    expect(found.maxDrawdown).toBeUndefined();
  });

  it("measures the largest fall on the balance that the account had, as MetaTrader does, money taken out aside", () => {
    const history = [
      deposit(0, 10_000),
      deal(1, "buy", "in", 1, 100, {commission: -1}),
      deal(2, "sell", "out", 1, 110, {profit: 1001}), // 11 000
      deposit(3, -9_000), // 2 000, and the peak with it
      deal(4, "buy", "in", 1, 100),
      deal(5, "sell", "out", 1, 95, {profit: -995}) // 1 005: half of what was there
    ];
    const {maxDrawdown} = tradeStatistics(roundTrips(history).trips, {steps: closedDeals(history).steps});
    expect(maxDrawdown).toMatchObject({money: {minor: 99_500}, fraction: -0.4975});
    const {balanceDrawdownMaximal} = metaTraderStatistics(history);
    expect(balanceDrawdownMaximal).toEqual({amount: 995, fraction: 0.4975});
  });

  it("measures no fall on a history that does not begin with a deposit: what the account had is not known", () => {
    const history = [
      deal(1, "buy", "in", 1, 100),
      deal(2, "sell", "out", 1, 110, {profit: 10}),
      deposit(3, 1_000),
      deal(4, "buy", "in", 1, 100),
      deal(5, "sell", "out", 1, 95, {profit: -5})
    ];
    const {trips} = roundTrips(history);
    expect(tradeStatistics(trips, {steps: closedDeals(history).steps}).maxDrawdown).toBeUndefined();
  });

  it("says of which part there is too little, and of one in the singular", () => {
    const found = tradeStatistics(tripsOf([5, 5, -5]));
    expect(found.averageLoss.reason).toBe("1 loss; at least 10 are needed");
    expect(found.averageWin.reason).toBe("2 wins; at least 10 are needed");
    expect(tradeStatistics(tripsOf([5], {r: true})).sqn.reason).toBe(
      "1 round trip with a stop; at least 30 are needed"
    );
    expect(tradeStatistics(tripsOf(nets, {perDay: 10})).expectancyMoney.reason).toBe(
      "1 session; at least 10 are needed for an interval"
    );
  });

  it("does not call a profit factor without losses infinite", () => {
    const found = tradeStatistics(tripsOf(Array.from({length: 40}, (_, i) => 5 + i)));
    expect(found.profitFactor).toEqual({value: undefined, n: 40, reason: "no losses"});
  });

  it("gives R, expectancy and SQN from thirty round trips with a stop", () => {
    const random = createRandom(31);
    const many = Array.from({length: 60}, () => Math.round(100 * (1 + 5 * random.normal())) / 100);
    const found = tradeStatistics(tripsOf(many, {r: true, perDay: 4}));
    const r = many.map((net) => net / 5);
    const average = r.reduce((sum, value) => sum + value, 0) / 60;
    const deviation = Math.sqrt(r.reduce((sum, value) => sum + (value - average) ** 2, 0) / 59);
    expect(found.expectancyR.value).toBeCloseTo(average, 9);
    expect(found.sqn.value).toBeCloseTo((Math.sqrt(60) * average) / deviation, 9);
    expect(found.sqn).toMatchObject({n: 60, method: "bootstrap by session, 2000 draws"});
    expect(found.sharpePerTrip.value).toBeCloseTo(average / deviation, 9);
    expect(found.expectancyR.low! < average && average < found.expectancyR.high!).toBe(true);
  });

  it("counts a scratch in n and as neither won nor lost", () => {
    expect(tradeStatistics(tripsOf([0, 5, -5, 5, 0]))).toMatchObject({n: 5, wins: 2, losses: 1, winRate: {value: 0.4}});
  });

  it("is the same in whatever order the trips come", () => {
    const trips = tripsOf(nets);
    expect(tradeStatistics(trips.slice().reverse())).toEqual(tradeStatistics(trips));
  });
});
