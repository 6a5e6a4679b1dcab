import {type EpochMs, HOUR_MS} from "../../domain/time.js";
import {fromWall, toWall} from "../../domain/zone.js";
import type {ServerRule, TimeEncoding} from "./quirks.js";

/** A server's wall clock: milliseconds as if its time were UTC, as a terminal states them. */
export interface ServerTime {
  wallOf(time: EpochMs): number;
  timeOf(wall: number): EpochMs;
  /** A moment as the bridge writes `time`. */
  write(time: EpochMs): number | string;
}

/** The clock of a bridge; *hoursOff* is a fault. */
export function createServerTime({zone, offsetHours}: ServerRule, encoding: TimeEncoding, hoursOff = 0): ServerTime {
  const offset = (offsetHours + hoursOff) * HOUR_MS;
  const wallOf = (time: EpochMs) => toWall(zone, time) + offset;
  return {wallOf, timeOf: (wall) => fromWall(zone, wall - offset), write: (time) => writeWall(wallOf(time), encoding)};
}

/** A wall time in an encoding: 1704164645, 1704164645000, `2024-01-02T03:04:05`, `Tue, 02 Jan 2024 03:04:05 GMT`. */
function writeWall(wall: number, encoding: TimeEncoding): number | string {
  const seconds = Math.floor(wall / 1_000);
  if (encoding === "seconds") return seconds;
  if (encoding === "milliseconds") return seconds * 1_000;
  const date = new Date(seconds * 1_000);
  return encoding === "iso" ? date.toISOString().slice(0, 19) : date.toUTCString();
}

/**
 * A wall time from a query: epoch seconds, or ISO 8601, read as UTC where it states no zone. The terminal takes either
 * for its own clock.
 *
 * @throws {RangeError} if it is neither
 */
export function readWall(text: string): number {
  if (/^\d{9,11}(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const iso = text.replace(" ", "T");
  const stated = /^\d{4}-\d{2}-\d{2}$/.test(iso)
    ? `${iso}T00:00:00Z`
    : /(Z|[+-]\d{2}:?\d{2})$/.test(iso)
      ? iso
      : `${iso}Z`;
  const wall = Date.parse(stated);
  if (!Number.isFinite(wall)) throw new RangeError(`Invalid isoformat string: '${text}'`);
  return wall;
}
