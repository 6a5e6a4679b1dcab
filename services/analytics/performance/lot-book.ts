import type {Side, TradeDeal} from "../../domain/deal.js";
import {type Purse, splitPurse} from "./purse.js";

/** Lots are counted in whole hundred-millionths, so that 0.1 + 0.2 closes 0.3. */
export const UNITS_PER_LOT = 1e8;

/** What is left of one opening deal. */
export interface Lot {
  readonly deal: TradeDeal;
  readonly side: Side;
  units: number;
  /** Money of the opening deal that no round trip has taken yet. */
  purse: Purse;
}

/** A piece of a lot that a closing deal took. */
export interface Cut {
  readonly lot: Lot;
  readonly units: number;
  readonly purse: Purse;
  /** The price that the broker measures profit from. */
  readonly openPrice: number;
}

/** Lots of one position (or of one instrument where the broker names no position) on one side, first in first out. */
export interface Stack {
  readonly lots: Lot[];
  /** Volume-weighted price of what is open; kept through partial closes, as brokers do. */
  averagePrice: number;
}

/** Adds an opening at the end of its stack. */
export function pushLot(stack: Stack, lot: Lot): void {
  const units = stack.lots.reduce((sum, {units}) => sum + units, 0);
  const {price} = lot.deal;
  stack.averagePrice = units === 0 ? price : (stack.averagePrice * units + price * lot.units) / (units + lot.units);
  stack.lots.push(lot);
}

/**
 * Takes up to *units* from the front of a stack.
 *
 * @returns the cuts, oldest lot first; together at most *units*, less if the stack held less
 */
export function cutLots(stack: Stack, units: number): Cut[] {
  const cuts: Cut[] = [];
  for (let wanted = units; wanted > 0 && stack.lots.length > 0; ) {
    const lot = stack.lots[0]!;
    const taken = Math.min(wanted, lot.units);
    const split = splitPurse(lot.purse, taken, lot.units);
    cuts.push({lot, units: taken, purse: split.taken, openPrice: lot.deal.price});
    lot.units -= taken;
    lot.purse = split.left;
    if (lot.units === 0) stack.lots.shift();
    wanted -= taken;
  }
  const price = measuredPrice(stack, cuts);
  return price === undefined ? cuts : cuts.map((cut) => ({...cut, openPrice: price}));
}

/** The average that one closing deal's profit was measured from, or `undefined` where each lot's own price is. */
function measuredPrice({averagePrice}: Stack, cuts: readonly Cut[]): number | undefined {
  if (cuts[0] !== undefined && cuts[0].lot.deal.position !== "") return averagePrice;
  if (cuts.length < 2) return undefined;
  const units = cuts.reduce((sum, cut) => sum + cut.units, 0);
  return cuts.reduce((sum, cut) => sum + cut.openPrice * cut.units, 0) / units;
}
