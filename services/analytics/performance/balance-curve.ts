import type {Deal} from "../../domain/deal.js";
import {sortDeals} from "../../domain/deal-order.js";
import {addMoney, type Money} from "../../domain/money.js";
import type {EpochMs} from "../../domain/time.js";
import {netOf} from "./purse.js";

/** The account's balance after a deal that moved it. */
export interface BalancePoint {
  readonly time: EpochMs;
  readonly ticket: string;
  /** Money in or out that is no trade. */
  readonly isOperation: boolean;
  readonly change: Money;
  readonly balance: Money;
}

/**
 * Balance curve: the balance after each deal that moved it, from nothing before the first.
 *
 * @param deals in any order, of one currency
 * @returns one point per deal with money in it, oldest first; a deal that moved nothing gives none
 * @throws {TypeError} if the currencies differ
 */
export function balanceCurve(deals: readonly Deal[]): BalancePoint[] {
  const points: BalancePoint[] = [];
  for (const deal of sortDeals(deals)) {
    const change = netOf(deal);
    const previous = points.at(-1)?.balance;
    const {time, ticket} = deal;
    const balance = previous ? addMoney(previous, change) : change;
    if (change.minor !== 0) points.push({time, ticket, isOperation: deal.type === "balance", change, balance});
  }
  return points;
}
