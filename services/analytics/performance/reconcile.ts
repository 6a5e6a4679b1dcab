import type {Deal} from "../../domain/deal.js";
import {addMoney, type Money} from "../../domain/money.js";
import type {AccountState, Position} from "../../domain/position.js";
import {netOf} from "./purse.js";
import type {RoundTrips} from "./round-trips.js";

/** One line of an account that is to add up. */
export interface ReconciledLine {
  readonly name: string;
  readonly n: number;
  readonly money: Money;
}

/** What an account's deals come to, by what became of them, and how that compares with what its broker states. */
export interface Reconciliation {
  /** Round trips, openings still open, payments, and deals that do not reconcile. */
  readonly lines: readonly ReconciledLine[];
  /** The sum of the lines. */
  readonly sum: Money;
  /** The sum of all deals' money; the difference to `sum` is always nothing. */
  readonly deals: Money;
  /** What the broker stated and how far the deals are from it; `undefined` where it states nothing. */
  readonly stated: {readonly balance: Money; readonly difference: Money} | undefined;
  /** Openings by the deals and positions by the broker, where they disagree. */
  readonly mismatches: readonly PositionMismatch[];
}

/** An instrument and side of which the deals leave another volume open than the broker states. */
export interface PositionMismatch {
  readonly instrument: string;
  readonly side: "buy" | "sell";
  readonly openLots: number;
  readonly statedLots: number;
}

/**
 * Reconciles a history: every deal's money is in a round trip, in an opening still open, in a payment or in a problem,
 * and nothing is in two of them.
 *
 * @param positions as the broker states them; `undefined` where the source states none
 * @throws {TypeError} if currencies differ
 */
export function reconcile(
  deals: readonly Deal[],
  {trips, open, balances, problems}: Omit<RoundTrips, "shares">,
  {
    currency,
    state,
    positions
  }: {currency: string; state?: AccountState | undefined; positions?: readonly Position[] | undefined}
): Reconciliation {
  const add = (all: readonly Money[]) => all.reduce(addMoney, {minor: 0, currency});
  const line = (name: string, all: readonly Money[]): ReconciledLine => ({name, n: all.length, money: add(all)});
  const lines = [
    line(
      "Round trips, net",
      trips.map(({net}) => net)
    ),
    line("Paid in and out", balances.map(netOf)),
    line(
      "Costs of openings still open",
      open.map(({costs}) => costs)
    ),
    line(
      "In deals that do not reconcile",
      problems.map(({money}) => money)
    )
  ];
  const sum = add(lines.map(({money}) => money));
  const whole = add(deals.map(netOf));
  const stated = state && {
    balance: state.balance,
    difference: {minor: whole.minor - state.balance.minor, currency}
  };
  return {lines, sum, deals: whole, stated, mismatches: positions === undefined ? [] : mismatchesOf(open, positions)};
}

function mismatchesOf(open: RoundTrips["open"], positions: readonly Position[]): PositionMismatch[] {
  const lots = new Map<string, PositionMismatch>();
  const book = (instrument: string, side: "buy" | "sell", openLots: number, statedLots: number) => {
    const key = `${instrument} ${side}`;
    const held = lots.get(key) ?? {instrument, side, openLots: 0, statedLots: 0};
    lots.set(key, {...held, openLots: held.openLots + openLots, statedLots: held.statedLots + statedLots});
  };
  for (const {deal, side, volumeLots} of open) book(deal.instrument, side, volumeLots, 0);
  for (const {instrument, side, volumeLots} of positions) book(instrument, side, 0, volumeLots);
  return [...lots.values()].filter(({openLots, statedLots}) => Math.abs(openLots - statedLots) > 1e-9);
}
