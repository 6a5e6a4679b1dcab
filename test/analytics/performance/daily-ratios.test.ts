import {describe, expect, it} from "vitest";
import {dailyRatios} from "../../../services/analytics/performance/daily-ratios.js";
import {maxDrawdown} from "../../../services/analytics/performance/drawdown-ratios.js";
import {roundTrips} from "../../../services/analytics/performance/round-trips.js";
import {tripsByGroup} from "../../../services/analytics/performance/trips-by-group.js";
import {toAmount} from "../../../services/domain/money.js";
import {sampleDeals} from "../../components/sample-deals.js";

/** Forty days that win and lose by turns, a little more than they lose. */
const returns = Array.from({length: 40}, (_, i) => (i % 2 === 0 ? 0.012 : -0.01));

describe("dailyRatios", () => {
  it("gives each ratio by its own definition, a year being 252 days", () => {
    const found = dailyRatios(returns);
    const mean = 0.001;
    const deviation = Math.sqrt((40 * 0.011 ** 2) / 39);
    expect(found.sharpe.value).toBeCloseTo((mean / deviation) * Math.sqrt(252), 10);
    expect(found.sortino.value).toBeCloseTo((mean / Math.sqrt(0.01 ** 2 / 2)) * Math.sqrt(252), 10);
    const growth = (1.012 * 0.99) ** (20 * (252 / 40)) - 1;
    expect(found.calmar.value).toBeCloseTo(growth / -maxDrawdown(returns), 10);
    for (const {low, value, high, n} of [found.sharpe, found.sortino]) {
      expect(n).toBe(40);
      expect(low! <= value! && value! <= high!).toBe(true);
    }
    expect(found.probabilisticSharpe.value! > 0.5 && found.probabilisticSharpe.value! < 1).toBe(true);
  });

  it("refuses below twenty days, and says what no length of record would show", () => {
    expect(dailyRatios(returns.slice(0, 19)).sharpe).toEqual({
      value: undefined,
      n: 19,
      reason: "19 days; at least 20 are needed"
    });
    const losing = dailyRatios(returns.map((value) => -value));
    expect(losing.minimumTrackRecord.reason).toContain("no length of such returns");
  });
});

describe("tripsByGroup", () => {
  const {trips} = roundTrips(sampleDeals(60));

  it("puts every round trip into one group, and adds each up", () => {
    const groups = tripsByGroup(trips, ({side}) => side, "UTC");
    expect(groups.map(({key, n}) => [key, n])).toEqual([
      ["sell", 20],
      ["buy", 40]
    ]);
    for (const {key, net, mean, n, wins} of groups) {
      const own = trips.filter(({side}) => side === key);
      expect(net.minor).toBe(own.reduce((sum, trip) => sum + trip.net.minor, 0));
      expect(wins).toBe(own.filter((trip) => trip.net.minor > 0).length);
      expect(mean.value).toBeCloseTo(toAmount(net) / n, 10);
      expect(mean.low! <= mean.value! && mean.value! <= mean.high!).toBe(true);
    }
  });

  it("refuses a mean of too few, with its n", () => {
    const [group] = tripsByGroup(trips.slice(0, 3), () => "few", "UTC");
    expect(group!.mean).toMatchObject({value: undefined, n: 3});
    expect(tripsByGroup([], () => "none", "UTC")).toEqual([]);
  });
});
