import {addMoney} from "../../domain/money.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import type {BalancePoint} from "./balance-curve.js";

/**
 * Result curve: the net of round trips added up, close by close, from nothing. It is no balance: a part of an account's
 * round trips has no deposit of its own, and so no fraction of anything.
 *
 * @param trips in order of closing, of one currency
 * @returns one point per round trip, under its id
 * @throws {TypeError} if the currencies differ
 */
export function resultCurve(trips: readonly RoundTrip[]): BalancePoint[] {
  const points: BalancePoint[] = [];
  for (const {id, closeTime, net} of trips) {
    const before = points.at(-1)?.balance;
    const balance = before ? addMoney(before, net) : net;
    points.push({time: closeTime, ticket: id, isOperation: false, change: net, balance});
  }
  return points;
}

/**
 * Fall of a result curve below its own highest point so far, nothing being the first of them, in minor units: ≤ 0.
 *
 * @returns an array as long as *points*
 */
export function resultFalls(points: readonly BalancePoint[]): Float64Array {
  let peak = 0;
  return Float64Array.from(points, ({balance}) => {
    peak = Math.max(peak, balance.minor);
    return balance.minor - peak;
  });
}
