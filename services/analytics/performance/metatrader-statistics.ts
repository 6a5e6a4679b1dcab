import type {Deal} from "../../domain/deal.js";
import {addMoney, type Money, toAmount} from "../../domain/money.js";
import {mean, populationDeviation} from "../statistics/moments.js";
import {normalCdf} from "../statistics/normal.js";
import {type BalanceDrawdown, balanceDrawdown} from "./balance-drawdown.js";
import {type BalanceFit, balanceFit, type ClosedDeal, closedDeals} from "./closed-deals.js";
import {largestStreak, longestStreak, type Streak, streaks} from "./streaks.js";

/** A figure that only the terminal could measure: carried as stated, never computed here. */
export interface StatedDrawdown {
  readonly provenance: "stated by the report";
  readonly amount: number; // in major units
  readonly fraction: number; // of the peak
}

/** How many, and the share that won; the share is `undefined` for none. */
export interface SideCount {
  readonly trades: number;
  readonly wonFraction: number | undefined;
}

/** The figures of a MetaTrader 5 report, by its own conventions; amounts in major units, fractions not per cent. */
export interface MetaTraderStatistics {
  readonly currency: string;
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  readonly net: number;
  readonly grossProfit: number;
  readonly grossLoss: number;
  readonly profitFactor: number | undefined;
  readonly expectedPayoff: number | undefined;
  readonly sharpe: number | undefined;
  readonly zScore: number | undefined;
  /** Confidence that belongs to the z-score: 0.3182 is printed as 31.82 %. */
  readonly zConfidence: number | undefined;
  readonly ahpr: number | undefined;
  readonly ghpr: number | undefined;
  readonly balanceDrawdownMaximal: {readonly amount: number; readonly fraction: number} | undefined;
  readonly balanceDrawdownRelative: {readonly amount: number; readonly fraction: number} | undefined;
  /** Needs the equity at every tick, which deals do not carry. */
  readonly equityDrawdownMaximal: StatedDrawdown | undefined;
  readonly short: SideCount;
  readonly long: SideCount;
  readonly largest: {readonly profit: number | undefined; readonly loss: number | undefined};
  readonly average: {readonly profit: number | undefined; readonly loss: number | undefined};
  /** Longest run and what it made. */
  readonly maxConsecutiveWins: Streak | undefined;
  readonly maxConsecutiveLosses: Streak | undefined;
  /** The run that made most. */
  readonly maximalConsecutiveProfit: Streak | undefined;
  readonly maximalConsecutiveLoss: Streak | undefined;
  readonly balanceFit: BalanceFit | undefined;
}

/** What a report states that deals cannot show. */
export interface MetaTraderOptions {
  /** The report's own equity drawdown, where it prints one. */
  readonly equityDrawdownMaximal?: {readonly amount: number; readonly fraction: number};
}

/**
 * MetaTrader 5's report figures from an account's deals, by MetaTrader's conventions, to compare with what it prints.
 *
 * A trade is a closing deal; trades stand in order of closing, ties by ticket; net is profit + swap + commission + fee
 * with the opening's share; a trade that makes nothing counts as won. Holding period returns are net over the balance
 * before; the Sharpe ratio is their mean over their population deviation, per trade, not annualised. The z-score is
 * that of the runs of wins and losses. Balance drawdown is of the balance after each close.
 *
 * @param deals in any order, of one currency, deposits included: without one, what needs a balance is `undefined`
 * @throws {TypeError} if the currencies differ
 *
 * Source: MetaQuotes, MetaTrader 5 Help, *Testing report*; z-score and AHPR/GHPR from Vince, *Portfolio Management
 * Formulas* (1990), chapters 1 and 2.
 */
export function metaTraderStatistics(deals: readonly Deal[], options: MetaTraderOptions = {}): MetaTraderStatistics {
  const {closed, steps, currency} = closedDeals(deals);
  const amounts = closed.map(({net}) => toAmount(net));
  const won = amounts.filter((amount) => amount >= 0);
  const lost = amounts.filter((amount) => amount < 0);
  const [grossProfit, grossLoss] = [sumOf(closed, 1), sumOf(closed, -1)];
  const drawdowns = balanceDrawdown(steps);
  const {equityDrawdownMaximal: stated} = options;
  return {
    currency,
    trades: closed.length,
    wins: won.length,
    losses: lost.length,
    net: toAmount(addMoney(grossProfit, grossLoss)),
    grossProfit: toAmount(grossProfit),
    grossLoss: toAmount(grossLoss),
    profitFactor: grossLoss.minor < 0 ? grossProfit.minor / -grossLoss.minor : undefined,
    expectedPayoff: defined(mean(amounts)),
    ...returnsOf(closed),
    ...runsTest(amounts),
    balanceDrawdownMaximal: amountOf(drawdowns?.maximal),
    balanceDrawdownRelative: amountOf(drawdowns?.relative),
    equityDrawdownMaximal: stated && {provenance: "stated by the report", ...stated},
    short: sideCount(closed, "sell"),
    long: sideCount(closed, "buy"),
    largest: {profit: defined(Math.max(...won)), loss: defined(Math.min(...lost))},
    average: {profit: defined(mean(won)), loss: defined(mean(lost))},
    ...streaksOf(closed),
    balanceFit: balanceFit(steps)
  };
}

function sumOf(closed: readonly ClosedDeal[], sign: 1 | -1): Money {
  const currency = closed[0]?.net.currency ?? "";
  return closed
    .filter(({net}) => net.minor * sign > 0)
    .reduce((sum, {net}) => addMoney(sum, net), {minor: 0, currency});
}

function returnsOf(closed: readonly ClosedDeal[]): Pick<MetaTraderStatistics, "sharpe" | "ahpr" | "ghpr"> {
  const hasBalance = closed.length > 0 && closed.every(({balanceBefore}) => balanceBefore.minor > 0);
  if (!hasBalance) return {sharpe: undefined, ahpr: undefined, ghpr: undefined};
  const returns = closed.map(({net, balanceBefore}) => 1 + net.minor / balanceBefore.minor);
  const ahpr = mean(returns);
  const product = returns.reduce((sum, value) => sum + Math.log(value), 0);
  return {
    sharpe: defined((ahpr - 1) / populationDeviation(returns)),
    ahpr,
    ghpr: defined(Math.exp(product / returns.length))
  };
}

/** Wald and Wolfowitz's runs test as MetaTrader prints it, with its correction of one half. */
function runsTest(amounts: readonly number[]): Pick<MetaTraderStatistics, "zScore" | "zConfidence"> {
  const n = amounts.length;
  const wins = amounts.filter((amount) => amount >= 0).length;
  const pairs = 2 * wins * (n - wins);
  const runs = amounts.filter((amount, i) => i === 0 || amount >= 0 !== amounts[i - 1]! >= 0).length;
  const zScore = defined((n * (runs - 0.5) - pairs) / Math.sqrt((pairs * (pairs - n)) / (n - 1)));
  if (zScore === undefined) return {zScore, zConfidence: undefined};
  const printed = Math.round(Math.abs(zScore) * 100) / 100; // MetaTrader looks its confidence up by the z it prints
  return {zScore, zConfidence: 1 - 2 * normalCdf(-printed)};
}

function sideCount(closed: readonly ClosedDeal[], side: "buy" | "sell"): SideCount {
  const own = closed.filter((trade) => trade.side === side);
  return {trades: own.length, wonFraction: defined(own.filter(({net}) => net.minor >= 0).length / own.length)};
}

function streaksOf(closed: readonly ClosedDeal[]) {
  const inMajor = (streak: Streak | undefined) =>
    streak && {...streak, sum: toAmount({minor: streak.sum, currency: closed[0]!.net.currency})};
  const found = streaks(
    closed.map(({net}) => net.minor),
    (minor) => (minor < 0 ? -1 : 1)
  );
  return {
    maxConsecutiveWins: inMajor(longestStreak(found, 1)),
    maxConsecutiveLosses: inMajor(longestStreak(found, -1)),
    maximalConsecutiveProfit: inMajor(largestStreak(found, 1)),
    maximalConsecutiveLoss: inMajor(largestStreak(found, -1))
  };
}

function amountOf(fall: BalanceDrawdown | undefined): {amount: number; fraction: number} | undefined {
  return fall && {amount: toAmount(fall.money), fraction: -fall.fraction || 0};
}

function defined(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
