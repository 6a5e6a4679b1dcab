import type {Estimate} from "../../domain/estimate.js";
import {addMoney, type Money} from "../../domain/money.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import {createSessionEstimates, estimateBySession} from "./estimate-by-session.js";
import {sessionSums} from "./session-sums.js";

/** Round trips that have something in common, and what they made. */
export interface TripGroup<Key> {
  readonly key: Key;
  readonly n: number;
  readonly wins: number;
  readonly net: Money;
  /** Mean net per round trip in major units, with its interval by a bootstrap over sessions. */
  readonly mean: Estimate;
}

/**
 * Groups of round trips, in the order in which their keys are met.
 *
 * @param keyOf what a round trip has in common with others of its group
 * @param zone in which sessions are counted
 * @throws {TypeError} if currencies differ; {RangeError} if the zone is unknown
 */
export function tripsByGroup<Key extends string | number>(
  trips: readonly RoundTrip[],
  keyOf: (trip: RoundTrip) => Key,
  zone: string
): TripGroup<Key>[] {
  const groups = new Map<Key, RoundTrip[]>();
  for (const trip of trips) {
    const key = keyOf(trip);
    const group = groups.get(key);
    if (group) group.push(trip);
    else groups.set(key, [trip]);
  }
  return [...groups].map(([key, own]) => ({
    key,
    n: own.length,
    wins: own.filter(({net}) => net.minor > 0).length,
    net: own.map(({net}) => net).reduce(addMoney),
    mean: estimateBySession(
      createSessionEstimates(sessionSums(own, zone), {}),
      ({n}) => n,
      minimumSample.mean,
      ({n, net}) => net / n
    )
  }));
}
