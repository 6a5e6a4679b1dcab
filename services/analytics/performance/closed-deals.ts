import type {Deal, Side} from "../../domain/deal.js";
import {sortDeals} from "../../domain/deal-order.js";
import {addMoney, type Money, toAmount} from "../../domain/money.js";
import type {BalancePoint} from "./balance-curve.js";
import type {BalanceStep} from "./balance-drawdown.js";
import {netOf} from "./purse.js";
import {roundTrips} from "./round-trips.js";

/** A closing deal with all that its round trips made. */
export interface ClosedDeal {
  readonly ticket: string;
  /** The side of the position that was closed. */
  readonly side: Side;
  readonly net: Money;
  readonly balanceBefore: Money;
}

/**
 * Closing deals in order, with the balance before each, as MetaTrader's statistics count.
 * A close whose opening lies before the history counts with its own money.
 *
 * @returns the closes, and with the payments between them the steps of the balance: an opening's costs count at its close
 * @throws {TypeError} if the currencies differ
 */
export function closedDeals(deals: readonly Deal[]): {closed: ClosedDeal[]; steps: BalancePoint[]; currency: string} {
  const nets = netByClose(deals);
  const currency = deals[0]?.profit.currency ?? "";
  const closed: ClosedDeal[] = [];
  const steps: BalancePoint[] = [];
  let balance: Money = {minor: 0, currency};
  for (const deal of sortDeals(deals)) {
    const isOperation = deal.type === "balance";
    const change = isOperation ? netOf(deal) : nets.get(deal.ticket);
    if (change === undefined) continue;
    if (deal.type !== "balance")
      closed.push({
        ticket: deal.ticket,
        side: deal.type === "buy" ? "sell" : "buy",
        net: change,
        balanceBefore: balance
      });
    balance = addMoney(balance, change);
    steps.push({time: deal.time, ticket: deal.ticket, isOperation, change, balance});
  }
  return {closed, steps, currency};
}

function netByClose(deals: readonly Deal[]): Map<string, Money> {
  const {trips, problems} = roundTrips(deals);
  const nets = new Map<string, Money>();
  const add = (ticket: string, money: Money) => {
    const before = nets.get(ticket);
    nets.set(ticket, before ? addMoney(before, money) : money);
  };
  for (const {tickets, net} of trips) add(tickets.at(-1)!, net);
  for (const {ticket, kind, money} of problems)
    if (kind === "nothing-open" || kind === "closes-too-much") add(ticket, money);
  return nets;
}

/** A straight line through the balance after each close: its correlation and standard error. */
export interface BalanceFit {
  readonly correlation: number; // in [−1, 1]
  /** In account currency. */
  readonly standardError: number;
}

/**
 * How straight the balance grew: the line through the balance after each close, the deposit first.
 *
 * @returns `undefined` for fewer than three points or a balance that never moved
 */
export function balanceFit(steps: readonly BalanceStep[]): BalanceFit | undefined {
  let minor = 0;
  const balances = steps.map(({change}) => {
    minor += change.minor;
    return toAmount({minor, currency: change.currency});
  });
  const n = balances.length;
  const [meanX, meanY] = [(n - 1) / 2, balances.reduce((sum, value) => sum + value, 0) / n];
  let [xx, xy, yy] = [0, 0, 0];
  balances.forEach((balance, i) => {
    xx += (i - meanX) ** 2;
    xy += (i - meanX) * (balance - meanY);
    yy += (balance - meanY) ** 2;
  });
  if (!(n > 2 && yy > 0)) return undefined;
  return {correlation: xy / Math.sqrt(xx * yy), standardError: Math.sqrt(Math.max(0, yy - (xy * xy) / xx) / (n - 2))};
}
