import {type EpochMs, HOUR_MS} from "../../domain/time.js";
import {fromWall, toWall} from "../../domain/zone.js";
import type {ClockRule} from "../settings/source-settings.js";

/** A server's wall clock, both ways. Wall times are milliseconds as if they were UTC. */
export interface ServerClock {
  readonly rule: ClockRule;
  /** The first moment at which the clock shows *wall*. */
  toUtc(wall: number): EpochMs;
  /**
   * The same for rows in order: an hour that the clock shows twice (set back) is told apart by *previous*, the moment
   * of the row before.
   */
  toUtcAfter(wall: number, previous: EpochMs): EpochMs;
  fromUtc(time: EpochMs): number;
}

/**
 * The one place where a broker's server clock becomes UTC: the wall time of a zone plus hours, as New York + 7,
 * whose day ends at 17:00 New York in summer and winter.
 *
 * @example createClock({zone: "America/New_York", offsetHours: 7}).toUtc(Date.UTC(2024, 6, 1)) // 2024-06-30T21:00Z
 */
export function createClock(rule: ClockRule): ServerClock {
  const offsetMs = rule.offsetHours * HOUR_MS;
  const fromUtc = (time: EpochMs) => toWall(rule.zone, time) + offsetMs;
  const toUtc = (wall: number) => fromWall(rule.zone, wall - offsetMs);
  const toUtcAfter = (wall: number, previous: EpochMs) => {
    const time = toUtc(wall);
    if (!(time <= previous)) return time;
    const second = time + HOUR_MS;
    return fromUtc(second) === wall && second > previous ? second : time;
  };
  return {rule, toUtc, toUtcAfter, fromUtc};
}

/** The rule in words, as `America/New_York + 7 h`. */
export function formatClock({zone, offsetHours}: ClockRule): string {
  return offsetHours === 0 ? zone : `${zone} ${offsetHours < 0 ? "-" : "+"} ${Math.abs(offsetHours)} h`;
}
