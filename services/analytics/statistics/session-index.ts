import {type EpochMs, formatDate, type SessionDate} from "../../domain/time.js";
import {dayIn} from "../../domain/zone.js";

/** Which session each moment belongs to, numbered from 0 in order of first appearance. */
export interface SessionIndex {
  readonly index: Int32Array;
  /** The date of each session, by number. */
  readonly dates: readonly SessionDate[];
}

/**
 * Sessions by calendar date in a zone: the trading day as the account's owner counts it.
 *
 * @throws {RangeError} if the zone is unknown
 */
export function sessionIndex(times: ArrayLike<EpochMs>, zone: string): SessionIndex {
  const numbers = new Map<number, number>();
  const index = Int32Array.from(times, (time) => {
    const day = dayIn(zone, time);
    const known = numbers.get(day);
    if (known !== undefined) return known;
    numbers.set(day, numbers.size);
    return numbers.size - 1;
  });
  return {index, dates: Array.from(numbers.keys(), formatDate)};
}
