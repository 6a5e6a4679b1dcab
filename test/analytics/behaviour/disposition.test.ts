import {describe, expect, it} from "vitest";
import {describeDisposition} from "../../../services/analytics/behaviour/describe.js";
import {disposition} from "../../../services/analytics/behaviour/disposition.js";
import {countEvents, dispositionEvents} from "../../../services/analytics/behaviour/disposition-counts.js";
import {createHoldings, gainSign} from "../../../services/analytics/behaviour/holdings.js";
import {createPriceLookup} from "../../../services/analytics/behaviour/price-lookup.js";
import {DAY_MS} from "../../../services/domain/time.js";
import {deal} from "../performance/deal-builder.js";
import {simulateHolder} from "./simulated-trader.js";

describe("dispositionEvents", () => {
  const [a, b, c] = ["SIM:A", "SIM:B", "SIM:C"] as const;
  const day = 1440;

  it("counts paper once on a day with a sale, and nothing on other days", () => {
    const deals = [
      deal(1, "buy", "in", 1, 100, {instrument: a}),
      deal(2, "sell", "in", 1, 100, {instrument: b}),
      deal(3, "buy", "in", 1, 100, {instrument: c}),
      deal(day, "sell", "out", 1, 105, {instrument: a}), // a gain realised; B short at 98 a gain, C at 98 a loss on paper
      deal(2 * day, "buy", "in", 1, 90, {instrument: c})
    ];
    const {events, unpriced} = dispositionEvents(deals, {priceAt: () => 98});
    expect(countEvents(events)).toEqual({realisedGains: 1, realisedLosses: 0, paperGains: 1, paperLosses: 1});
    expect(unpriced).toBe(0);
  });

  it("does not count a day on which the portfolio held one position: there was no choice", () => {
    const deals = [deal(1, "buy", "in", 1, 100), deal(2, "sell", "out", 1, 105)];
    expect(dispositionEvents(deals, {priceAt: () => 98}).events).toEqual([]);
  });

  it("counts a position sold in pieces as realised, not on paper too, and what has no price nowhere but in unpriced", () => {
    const deals = [
      deal(1, "buy", "in", 2, 100, {instrument: a}),
      deal(2, "buy", "in", 1, 100, {instrument: b}),
      deal(3, "sell", "out", 1, 95, {instrument: a})
    ];
    const {events, unpriced} = dispositionEvents(deals, {priceAt: () => undefined});
    expect(countEvents(events)).toEqual({realisedGains: 0, realisedLosses: 1, paperGains: 0, paperLosses: 0});
    expect(unpriced).toBe(1);
  });

  it("keeps positions of a hedging account apart", () => {
    const deals = [
      deal(1, "buy", "in", 1, 100, {position: "1"}),
      deal(2, "sell", "in", 1, 100, {position: "2"}),
      deal(3, "sell", "out", 1, 105, {position: "1"})
    ];
    const {events} = dispositionEvents(deals, {priceAt: () => 105});
    expect(countEvents(events)).toEqual({realisedGains: 1, realisedLosses: 0, paperGains: 0, paperLosses: 1});
  });
});

describe("createHoldings", () => {
  it("averages what is added, keeps the average when cut, and starts anew when turned round", () => {
    const holdings = createHoldings();
    holdings.apply(deal(1, "buy", "in", 1, 100));
    holdings.apply(deal(2, "buy", "in", 3, 104));
    holdings.apply(deal(3, "sell", "out", 2, 110));
    expect(holdings.all()).toMatchObject([{side: "buy", volumeLots: 2, averagePrice: 103}]);
    holdings.apply(deal(4, "sell", "inout", 5, 90));
    expect(holdings.all()).toMatchObject([{side: "sell", volumeLots: 3, averagePrice: 90}]);
    expect(gainSign(holdings.all()[0]!, 89)).toBe(1);
    holdings.apply(deal(5, "buy", "out", 3, 95));
    expect(holdings.all()).toEqual([]);
  });
});

describe("createPriceLookup", () => {
  const priceAt = createPriceLookup([
    {instrument: "SIM:A", time: 2 * DAY_MS, close: 12},
    {instrument: "SIM:A", time: DAY_MS, close: 11}
  ]);

  it("gives the close of the last bar that opened, and none before the first, after a week, or for another", () => {
    expect([DAY_MS - 1, DAY_MS, 2 * DAY_MS - 1, 3 * DAY_MS].map((time) => priceAt("SIM:A", time))).toEqual([
      undefined,
      11,
      11,
      12
    ]);
    expect([priceAt("SIM:A", 9 * DAY_MS), priceAt("SIM:B", DAY_MS)]).toEqual([undefined, undefined]);
  });
});

describe("disposition", () => {
  it("finds a planted effect and says it plainly", () => {
    const {deals, priceAt} = simulateHolder({seed: 1, closeGain: 0.6, closeLoss: 0.3});
    const finding = disposition(deals, {priceAt});
    expect(finding.grade).toBe("strong");
    expect(finding.estimate.low! < 0.3 && 0.3 < finding.estimate.high!).toBe(true);
    expect(finding.rows[0]!.estimate.value! - finding.rows[1]!.estimate.value!).toBeCloseTo(
      finding.estimate.value!,
      12
    );
    expect(describeDisposition(finding)).toMatch(
      /^You close gains more readily than losses, by \d+ points, 95 % between \d+ and \d+; n = \d+\.$/
    );
  });

  it("finds nothing where gains and losses are closed alike", () => {
    const {deals, priceAt} = simulateHolder({seed: 2, closeGain: 0.4, closeLoss: 0.4});
    const finding = disposition(deals, {priceAt});
    expect(finding.grade).toBe("none");
    expect(describeDisposition(finding)).toMatch(/^There is no evidence that you close gains more or less readily/);
  });

  it("refuses an account that never holds two positions, and says so", () => {
    const deals = Array.from({length: 30}, (_, i) => [
      deal(1440 * i, "buy", "in", 1, 100),
      deal(1440 * i + 5, "sell", "out", 1, 101)
    ]).flat();
    expect(disposition(deals, {priceAt: () => 100}).estimate).toEqual({
      value: undefined,
      n: 0,
      reason: "0 gains, realised or on paper; at least 10 are needed"
    });
  });
});
