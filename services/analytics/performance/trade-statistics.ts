import type {Side} from "../../domain/deal.js";
import {compareTrips} from "../../domain/deal-order.js";
import type {Estimate} from "../../domain/estimate.js";
import {addMoney, type Money} from "../../domain/money.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import type {BootstrapOptions} from "../statistics/bootstrap.js";
import {refuse, refuseSmall} from "../statistics/estimates.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import {wilsonInterval} from "../statistics/wilson.js";
import {type BalanceDrawdown, type BalanceStep, balanceDrawdown} from "./balance-drawdown.js";
import {createSessionEstimates, estimateBySession, type SessionEstimates} from "./estimate-by-session.js";
import {deviationOf, type SessionSums, sessionSums} from "./session-sums.js";
import {longestStreak, type Streak, streaks} from "./streaks.js";

/** What one side, or both, made. */
export interface SideStatistics {
  readonly n: number;
  readonly net: Money;
  readonly winRate: Estimate;
  /** Mean net per round trip, in major units. */
  readonly expectancyMoney: Estimate;
}

/** The statistics of an account's round trips. Sums are facts; estimates carry n and an interval, or why there is none. */
export interface TradeStatistics extends SideStatistics {
  readonly currency: string;
  readonly sessions: number;
  readonly wins: number;
  readonly losses: number;
  readonly grossProfit: Money;
  /** ≤ 0 */
  readonly grossLoss: Money;
  readonly profitFactor: Estimate;
  /** Mean R, over the round trips that have one. */
  readonly expectancyR: Estimate;
  /** Mean win over mean loss, both in money. */
  readonly payoff: Estimate;
  readonly averageWin: Estimate;
  readonly averageLoss: Estimate;
  readonly sqn: Estimate;
  /** Mean over sample deviation of net per round trip; per round trip, not annualised. */
  readonly sharpePerTrip: Estimate;
  readonly largestWin: Money | undefined;
  readonly largestLoss: Money | undefined;
  /** Sums in minor units. */
  readonly longestWinStreak: Streak | undefined;
  readonly longestLossStreak: Streak | undefined;
  readonly currentStreak: Streak | undefined;
  /** Largest fall of the balance after each close, money paid in or out aside; with its fraction of the peak then. */
  readonly maxDrawdown: BalanceDrawdown | undefined;
  readonly long: SideStatistics;
  readonly short: SideStatistics;
}

/** The balance, the trading day, and how to draw. */
export interface TradeStatisticsOptions extends BootstrapOptions {
  /**
   * The account's balance, step by step, as `closedDeals` gives it; only where the round trips are all of its. Without
   * it, or where it does not begin with a deposit, there is no drawdown: a fall is measured on what the account had.
   */
  readonly steps?: readonly BalanceStep[] | undefined;
  /** The zone in which the account's trading day is counted: sessions are what the bootstrap draws. */
  readonly zone?: string; // UTC
}

/**
 * Trade statistics of round trips: win rate with Wilson's interval, the rest with intervals by a bootstrap over
 * sessions. A round trip that made nothing is neither a win nor a loss, and counts in n.
 *
 * Expectancy is the mean (of R where there is one, and of money); profit factor gains over losses, undefined without
 * losses; payoff the mean win over the mean loss; SQN √n·mean(R)/sd(R), from 30 round trips, uncapped. Streaks are in
 * order of closing.
 *
 * @param trips in any order, of one currency
 * @throws {TypeError} if currencies differ; @throws {RangeError} if the zone is unknown or draws or level make no sense
 *
 * Source: Tharp, *Trade Your Way to Financial Freedom* (2nd ed., 2007) for R, expectancy and SQN.
 */
export function tradeStatistics(
  trips: readonly RoundTrip[],
  {steps = [], zone = "UTC", ...bootstrap}: TradeStatisticsOptions = {}
): TradeStatistics {
  const ordered = trips.slice().sort(compareTrips);
  const currency = trips[0]?.net.currency ?? steps[0]?.change.currency ?? "";
  const sums = sessionSums(ordered, zone);
  const found = streaks(ordered.map(({net}) => net.minor));
  const nets = ordered.map(({net}) => net);
  const estimates = createSessionEstimates(sums, bootstrap);
  const {wins, losses} = estimates.total;
  const last = found.at(-1);
  return {
    currency,
    sessions: sums.length,
    wins,
    losses,
    ...sideStatistics(ordered, estimates, currency, bootstrap.level),
    grossProfit: addUp(
      nets.filter(({minor}) => minor > 0),
      currency
    ),
    grossLoss: addUp(
      nets.filter(({minor}) => minor < 0),
      currency
    ),
    ...ratios(estimates),
    ...extremes(nets),
    longestWinStreak: longestStreak(found, 1),
    longestLossStreak: longestStreak(found, -1),
    currentStreak: last && last.start + last.length === nets.length ? last : undefined,
    maxDrawdown: steps[0]?.isOperation ? balanceDrawdown(steps)?.maximal : undefined,
    long: ofSide("buy", ordered, currency, zone, bootstrap),
    short: ofSide("sell", ordered, currency, zone, bootstrap)
  };
}

function addUp(nets: readonly Money[], currency: string): Money {
  return nets.reduce(addMoney, {minor: 0, currency});
}

function ofSide(
  side: Side,
  trips: readonly RoundTrip[],
  currency: string,
  zone: string,
  bootstrap: BootstrapOptions
): SideStatistics {
  const own = trips.filter((trip) => trip.side === side);
  return sideStatistics(own, createSessionEstimates(sessionSums(own, zone), bootstrap), currency, bootstrap.level);
}

function sideStatistics(
  trips: readonly RoundTrip[],
  estimates: SessionEstimates,
  currency: string,
  level: number | undefined
): SideStatistics {
  return {
    n: trips.length,
    net: addUp(
      trips.map(({net}) => net),
      currency
    ),
    winRate: winRate(estimates.total, level),
    expectancyMoney: estimateBySession(
      estimates,
      ({n}) => n,
      minimumSample.mean,
      ({n, net}) => net / n
    )
  };
}

function winRate({n, wins}: SessionSums, level = 0.95): Estimate {
  if (n < minimumSample.share) return refuseSmall(n, minimumSample.share, "round trips");
  return {value: wins / n, n, ...wilsonInterval(wins, n, level), level, method: "Wilson, by round trip"};
}

function ratios(estimates: SessionEstimates) {
  const {ratio, mean, sqn} = minimumSample;
  const estimate = (
    count: (sums: SessionSums) => number,
    minimum: number,
    of: (sums: SessionSums) => number,
    unit?: string
  ) => estimateBySession(estimates, count, minimum, of, unit);
  const withStop = "round trips with a stop";
  const {wins, losses, rCount} = estimates.total;
  const undefinedWithout = (missing: string, n: number, found: () => Estimate) =>
    n === 0 ? refuse(estimates.total.n, missing) : found();
  return {
    profitFactor: undefinedWithout("no losses", losses, () =>
      estimate(
        ({n}) => n,
        ratio,
        ({gain, loss}) => gain / loss
      )
    ),
    expectancyR: undefinedWithout("no stops are known, so no R", rCount, () =>
      estimate(
        ({rCount}) => rCount,
        mean,
        ({rCount, rSum}) => rSum / rCount,
        withStop
      )
    ),
    payoff: undefinedWithout("no wins or no losses", Math.min(wins, losses), () =>
      estimate(
        ({n}) => n,
        ratio,
        ({gain, wins, loss, losses}) => gain / wins / (loss / losses)
      )
    ),
    averageWin: estimate(
      ({wins}) => wins,
      mean,
      ({gain, wins}) => gain / wins,
      "wins"
    ),
    averageLoss: estimate(
      ({losses}) => losses,
      mean,
      ({loss, losses}) => -loss / losses,
      "losses"
    ),
    sqn: undefinedWithout("no stops are known, so no R", rCount, () =>
      estimate(({rCount}) => rCount, sqn, sqnOf, withStop)
    ),
    sharpePerTrip: estimate(
      ({n}) => n,
      ratio,
      ({n, net, squares}) => net / n / deviationOf(n, net, squares)
    )
  };
}

function sqnOf({rCount, rSum, rSquares}: SessionSums): number {
  return (Math.sqrt(rCount) * (rSum / rCount)) / deviationOf(rCount, rSum, rSquares);
}

function extremes(nets: readonly Money[]): {largestWin: Money | undefined; largestLoss: Money | undefined} {
  const most = nets.reduce<Money | undefined>((best, net) => (net.minor > (best?.minor ?? 0) ? net : best), undefined);
  const least = nets.reduce<Money | undefined>((best, net) => (net.minor < (best?.minor ?? 0) ? net : best), undefined);
  return {largestWin: most, largestLoss: least};
}
