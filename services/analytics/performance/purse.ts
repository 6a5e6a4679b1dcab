import type {Deal} from "../../domain/deal.js";
import {addMoney, type Money, roundHalfAway} from "../../domain/money.js";

/** What a deal brought and cost, kept apart as the broker states it. */
export interface Purse {
  readonly profit: Money;
  readonly commission: Money;
  readonly swap: Money;
  readonly fee: Money;
}

const parts = ["profit", "commission", "swap", "fee"] as const;

/** The money of one deal: profit, commission, swap and fee. */
export function purseOf({profit, commission, swap, fee}: Deal): Purse {
  return {profit, commission, swap, fee};
}

/** Two purses added part by part. @throws {TypeError} if the currencies differ */
export function addPurses(a: Purse, b: Purse): Purse {
  return mapPurse((part) => addMoney(a[part], b[part]));
}

/** profit + commission + swap + fee, each signed as the broker states it. */
export function netOf({profit, commission, swap, fee}: Purse): Money {
  return addMoney(addMoney(profit, commission), addMoney(swap, fee));
}

/**
 * Splits a purse by volume, each part to the nearest minor unit: `taken` and `left` always add up to the whole, and
 * taking all that is left takes every unit, so that nothing is lost however often a lot is cut.
 *
 * @param volume what is taken, in the same unit as *whole*; 0 ≤ volume ≤ whole, whole > 0
 */
export function splitPurse(purse: Purse, volume: number, whole: number): {taken: Purse; left: Purse} {
  const share = ({minor}: Money) => roundHalfAway((minor * volume) / whole);
  const money = (part: keyof Purse, minor: number) => ({minor, currency: purse[part].currency});
  return {
    taken: mapPurse((part) => money(part, share(purse[part]))),
    left: mapPurse((part) => money(part, purse[part].minor - share(purse[part])))
  };
}

function mapPurse(make: (part: keyof Purse) => Money): Purse {
  const [profit, commission, swap, fee] = parts.map(make) as [Money, Money, Money, Money];
  return {profit, commission, swap, fee};
}
