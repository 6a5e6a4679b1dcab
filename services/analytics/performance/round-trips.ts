import type {BalanceDeal, Deal, Side, TradeDeal} from "../../domain/deal.js";
import {sortDeals} from "../../domain/deal-order.js";
import type {Money} from "../../domain/money.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import {type Cut, cutLots, type Lot, pushLot, type Stack, UNITS_PER_LOT} from "./lot-book.js";
import {addPurses, netOf, type Purse, purseOf, splitPurse} from "./purse.js";
import {withR} from "./r-multiple.js";

/** What is still open at the end of a history, and the money its opening has cost so far. */
export interface OpenLot {
  readonly deal: TradeDeal;
  readonly side: Side;
  readonly volumeLots: number;
  readonly costs: Money;
}

/** A deal that does not reconcile: `money` is what it moved that no round trip holds. */
export interface DealProblem {
  readonly ticket: string;
  readonly kind: "duplicate" | "volume" | "nothing-open" | "closes-too-much";
  readonly message: string;
  readonly money: Money;
}

/**
 * A history taken apart. Trips' net + open lots' costs + balance operations' money + problems' money is the sum of
 * all deals' money, to the minor unit.
 */
export interface RoundTrips {
  /** In order of closing, ties by ticket. */
  readonly trips: readonly RoundTrip[];
  readonly open: readonly OpenLot[];
  readonly balances: readonly BalanceDeal[];
  readonly problems: readonly DealProblem[];
  /** What each trip took from its opening deal and from its closing deal, by the trip's id: they add up to it. */
  readonly shares: ReadonlyMap<string, DealShares>;
}

/** The money of a round trip, by the two deals it was made from. */
export interface DealShares {
  readonly opening: Purse;
  readonly closing: Purse;
}

interface Ledger {
  readonly stacks: Map<string, Stack>;
  readonly trips: RoundTrip[];
  readonly problems: DealProblem[];
  readonly shares: Map<string, DealShares>;
}

/**
 * Round trips of an account's history, from flat to flat, first in first out.
 *
 * Deals of one `position` belong together; where a broker names none (`""`), those of one instrument do. A closing deal
 * takes the oldest openings of the other side; a partial close is a round trip of its own, and so is each opening that
 * one deal closes; `inout` closes all that is open on the other side of its instrument and opens the rest. Commission,
 * swap, fee and stated profit are divided by volume in minor units, with nothing lost. The swap and profit of a
 * reversal belong to what it closes.
 *
 * `openPrice` is the price the broker measured profit from: the position's average, which is the opening's own price
 * where it had one; without a position, the average of the openings that the deal closed. `r` is net over initial risk, where the opening states a stop.
 *
 * @param deals in any order, of one account and one currency
 * @returns trips in order of closing; what does not reconcile is in `problems`, never dropped
 * @throws {TypeError} if deals are in different currencies
 * @example buy 1 at 100, sell 0.4 at 101, sell 0.6 at 99 → two round trips, of 0.4 and 0.6 lots
 */
export function roundTrips(deals: readonly Deal[]): RoundTrips {
  const ledger: Ledger = {stacks: new Map(), trips: [], problems: [], shares: new Map()};
  const balances: BalanceDeal[] = [];
  const seen = new Set<string>();
  assertOneCurrency(deals);
  for (const deal of sortDeals(deals)) {
    if (seen.has(deal.ticket)) addProblem(ledger, deal.ticket, "duplicate", "ticket occurs twice", purseOf(deal));
    else if (deal.type === "balance") balances.push(deal);
    else book(ledger, deal);
    seen.add(deal.ticket);
  }
  const {trips, problems, shares} = ledger;
  return {trips: withR(trips, deals), open: openLots(ledger), balances, problems, shares};
}

function assertOneCurrency(deals: readonly Deal[]): void {
  const currencies = new Set(deals.map(({profit}) => profit.currency));
  if (currencies.size > 1) throw new TypeError(`deals in several currencies: ${[...currencies].join(", ")}`);
}

function book(ledger: Ledger, deal: TradeDeal): void {
  const units = Math.round(deal.volumeLots * UNITS_PER_LOT);
  if (!(units > 0 && Number.isSafeInteger(units))) {
    addProblem(ledger, deal.ticket, "volume", `volume not positive: ${deal.volumeLots}`, purseOf(deal));
  } else if (deal.entry === "in") {
    openLot(ledger, deal, units, purseOf(deal));
  } else if (deal.entry === "inout") {
    reverse(ledger, deal, units);
  } else {
    const closed = close(ledger, deal, stacksClosedBy(ledger, deal), units, purseOf(deal));
    if (closed.units < units) addExcess(ledger, deal, units - closed.units, units, closed.left);
  }
}

function openLot(ledger: Ledger, deal: TradeDeal, units: number, purse: Purse): void {
  const key = stackKey(deal, deal.type);
  const stack = ledger.stacks.get(key) ?? {lots: [], averagePrice: NaN};
  ledger.stacks.set(key, stack);
  const lot: Lot = {deal, side: deal.type, units, purse};
  pushLot(stack, lot);
}

/** A reversal's profit and swap are of what it closes; commission and fee are of both sides, by volume. */
function reverse(ledger: Ledger, deal: TradeDeal, units: number): void {
  const stacks = [...ledger.stacks].filter(([key]) => key.startsWith(sideKey(deal.instrument, otherSide(deal.type))));
  const open = stacks.reduce((sum, [, {lots}]) => sum + lots.reduce((total, lot) => total + lot.units, 0), 0);
  const closing = Math.min(units, open);
  const {taken, left} = splitPurse(purseOf(deal), closing, units);
  const forClosed = closing > 0 ? {...taken, profit: deal.profit, swap: deal.swap} : taken;
  const none = {minor: 0, currency: deal.profit.currency};
  const forOpened = closing > 0 ? {...left, profit: none, swap: none} : left;
  close(
    ledger,
    deal,
    stacks.map(([, stack]) => stack),
    closing,
    forClosed
  );
  if (units > closing) openLot(ledger, deal, units - closing, forOpened);
}

function close(ledger: Ledger, deal: TradeDeal, stacks: readonly Stack[], units: number, purse: Purse) {
  const cuts: Cut[] = [];
  for (const stack of stacks) cuts.push(...cutLots(stack, units - unitsOf(cuts)));
  let [left, leftUnits] = [purse, units];
  cuts.forEach((cut, i) => {
    const split = splitPurse(left, cut.units, leftUnits);
    const id = cuts.length > 1 ? `${deal.ticket}#${i + 1}` : deal.ticket;
    ledger.trips.push(tripOf(deal, cut, split.taken, id));
    ledger.shares.set(id, {opening: cut.purse, closing: split.taken});
    [left, leftUnits] = [split.left, leftUnits - cut.units];
  });
  return {units: units - leftUnits, left};
}

function tripOf(deal: TradeDeal, {lot, units, purse, openPrice}: Cut, closing: Purse, id: string): RoundTrip {
  const money = addPurses(purse, closing);
  return {
    id,
    instrument: deal.instrument,
    side: lot.side,
    volumeLots: units / UNITS_PER_LOT,
    openTime: lot.deal.time,
    closeTime: deal.time,
    openPrice,
    closePrice: deal.price,
    ...money,
    net: netOf(money),
    tickets: [lot.deal.ticket, deal.ticket]
  };
}

function stacksClosedBy(ledger: Ledger, deal: TradeDeal): Stack[] {
  const stack = ledger.stacks.get(stackKey(deal, otherSide(deal.type)));
  return stack ? [stack] : [];
}

function addExcess(ledger: Ledger, deal: TradeDeal, excess: number, units: number, money: Purse): void {
  const kind = excess === units ? "nothing-open" : "closes-too-much";
  const [lots, whole] = [excess / UNITS_PER_LOT, deal.volumeLots];
  const message = `closes ${whole} ${whole === 1 ? "lot" : "lots"} of ${deal.instrument}, of which ${lots} ${lots === 1 ? "has" : "have"} no opening in this history`;
  addProblem(ledger, deal.ticket, kind, message, money);
}

function addProblem(ledger: Ledger, ticket: string, kind: DealProblem["kind"], message: string, purse: Purse): void {
  ledger.problems.push({ticket, kind, message: `deal ${ticket}: ${message}`, money: netOf(purse)});
}

function openLots({stacks}: Ledger): OpenLot[] {
  return [...stacks.values()].flatMap(({lots}) =>
    lots.map(({deal, side, units, purse}) => ({deal, side, volumeLots: units / UNITS_PER_LOT, costs: netOf(purse)}))
  );
}

function unitsOf(cuts: readonly Cut[]): number {
  return cuts.reduce((sum, {units}) => sum + units, 0);
}

function otherSide(side: Side): Side {
  return side === "buy" ? "sell" : "buy";
}

function stackKey({instrument, position}: TradeDeal, side: Side): string {
  return `${sideKey(instrument, side)}${position}`;
}

function sideKey(instrument: string, side: Side): string {
  return `${side} ${instrument}\n`;
}
