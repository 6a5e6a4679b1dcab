import type {Deal} from "../../domain/deal.js";
import {addMoney, type Money, toAmount} from "../../domain/money.js";
import type {SourceError} from "../../domain/source-error.js";

/** A deal with the account's balance after it, as a report prints it. */
export interface BalancedDeal {
  readonly deal: Deal;
  readonly balance: Money;
}

/** Brokers round each part of a deal: their balance may be this far from the sum of what they print. */
const TOLERANCE_MINOR = 2;

/**
 * Checks that each balance follows from the one before and the deal: a row lost, doubled or garbled shows here.
 *
 * @param fail makes the error for a row
 * @throws {SourceError} for the first row that does not follow
 */
export function checkBalances(rows: readonly BalancedDeal[], fail: (i: number, what: string) => SourceError): void {
  const tickets = new Set<string>();
  rows.forEach(({deal, balance}, i) => {
    if (tickets.has(deal.ticket)) throw fail(i, `deal ${deal.ticket} occurs twice`);
    tickets.add(deal.ticket);
    if (i === 0) return;
    const change = [deal.profit, deal.commission, deal.swap, deal.fee].reduce(addMoney);
    const before = rows[i - 1]!.balance;
    const expected = addMoney(before, change);
    // A credit is money of the broker's: it stands among the deals and leaves the balance as it was.
    const isCredit = deal.type === "balance" && before.minor === balance.minor;
    if (!(isCredit || Math.abs(expected.minor - balance.minor) <= TOLERANCE_MINOR))
      throw fail(i, `balance ${toAmount(balance)} does not follow: ${toAmount(expected)} by the deals above`);
  });
}
