import type {Side} from "../../domain/deal.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import {DAY_MS, type EpochMs, HOUR_MS, type SessionDate} from "../../domain/time.js";
import {dateIn, toWall} from "../../domain/zone.js";

/** Which round trips are meant; what is left out is not asked for. */
export interface TripFilter {
  readonly instrument?: InstrumentId | undefined;
  readonly side?: Side | undefined;
  /** By net: above zero, below it, or just zero. */
  readonly result?: "won" | "lost" | "even" | undefined;
  /** Closed later than this moment. */
  readonly after?: EpochMs | undefined;
  /** First and last date of closing on the account's clock, both included. */
  readonly from?: SessionDate | undefined;
  readonly to?: SessionDate | undefined;
  /** Weekday of opening on the account's clock: 0 is Sunday. */
  readonly weekday?: number | undefined;
  /** Hour of opening on the account's clock, 0 to 23. */
  readonly hour?: number | undefined;
}

/**
 * Round trips that a filter means, in the order given.
 *
 * @param zone the account's, in which its dates, weekdays and hours are counted
 * @throws {RangeError} if the zone is unknown
 */
export function filterTrips(trips: readonly RoundTrip[], filter: TripFilter, zone: string): RoundTrip[] {
  const {instrument, side, result, after, from, to, weekday, hour} = filter;
  return trips.filter((trip) => {
    if (instrument !== undefined && trip.instrument !== instrument) return false;
    if (side !== undefined && trip.side !== side) return false;
    if (result !== undefined && resultOf(trip) !== result) return false;
    if (after !== undefined && !(trip.closeTime > after)) return false;
    const date = from === undefined && to === undefined ? "" : dateIn(zone, trip.closeTime);
    if ((from !== undefined && date < from) || (to !== undefined && date > to)) return false;
    if (weekday !== undefined && tripWeekday(trip, zone) !== weekday) return false;
    return hour === undefined || tripHour(trip, zone) === hour;
  });
}

/** Whether a round trip won, lost or broke even, by its net. */
export function resultOf({net}: RoundTrip): "won" | "lost" | "even" {
  if (net.minor === 0) return "even";
  return net.minor > 0 ? "won" : "lost";
}

/** Weekday on which a round trip was opened, on a zone's clock: 0 is Sunday. */
export function tripWeekday({openTime}: RoundTrip, zone: string): number {
  return new Date(toWall(zone, openTime)).getUTCDay();
}

/** Hour in which a round trip was opened, on a zone's clock: 0 to 23. */
export function tripHour({openTime}: RoundTrip, zone: string): number {
  const wall = toWall(zone, openTime);
  return Math.floor((wall - Math.floor(wall / DAY_MS) * DAY_MS) / HOUR_MS);
}
