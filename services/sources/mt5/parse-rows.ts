import type {Bar} from "../../domain/bar.js";
import type {EpochMs} from "../../domain/time.js";
import {type JsonObject, toJsonArray} from "../json-reader.js";
import type {TickRow} from "../tick-rows.js";
import {parseBridgeTime} from "./bridge-time.js";
import type {ServerClock} from "./clock.js";
import {toUtcUntil} from "./order-times.js";

/** The server's wall time of a row; `time_msc` is finer where it is there, and must mean the same second. */
export function wallTimeOf(row: JsonObject): number {
  const wall = parseBridgeTime(row.raw("time"));
  if (!Number.isFinite(wall)) throw row.fail("time", "a time");
  const msc = row.numberOr("time_msc", 0);
  if (msc === 0) return wall;
  if (!(Math.abs(msc - wall) < 1000 && Number.isInteger(msc)))
    throw row.fail("time_msc", `the milliseconds of ${wall}`);
  return msc;
}

/** A bar of the bridge, its time still on the server's wall clock, and where it stood. */
export interface BridgeBar extends Bar {
  readonly where: string;
}

/**
 * Bars of `/bars` or `/fetch_data_range`, on the server's wall clock. Volume is the tick volume.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming the row and field
 */
export function parseBars(body: unknown, where: string): BridgeBar[] {
  return toJsonArray(unwrap(body, "data"), where)
    .objects()
    .map((row) => ({
      where: row.where,
      time: wallTimeOf(row),
      open: row.number("open"),
      high: row.number("high"),
      low: row.number("low"),
      close: row.number("close"),
      volume: row.number("tick_volume")
    }));
}

/**
 * Ticks of `/ticks` as received at *now*, oldest first, in UTC; a price of 0 is one that the tick does not state.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming the row and field
 */
export function parseTicks(
  body: unknown,
  where: string,
  clock: ServerClock,
  now: EpochMs
): (TickRow & {readonly where: string})[] {
  const rows = toJsonArray(unwrap(body, "data"), where).objects();
  const times = toUtcUntil(rows.map(wallTimeOf), clock, now);
  return rows.map((row, i) => parseTick(row, times[i]!));
}

function parseTick(row: JsonObject, time: EpochMs): TickRow & {readonly where: string} {
  const price = (key: string) => row.numberOr(key, 0) || Number.NaN;
  return {
    where: row.where,
    time,
    bid: price("bid"),
    ask: price("ask"),
    last: price("last"),
    volume: row.numberOr("volume_real", 0) || row.numberOr("volume", 0)
  };
}

/** Some bridges put the array into an object under a key. */
export function unwrap(body: unknown, key: string): unknown {
  const isWrapped = body !== null && typeof body === "object" && !Array.isArray(body) && Object.hasOwn(body, key);
  return isWrapped ? (body as Readonly<Record<string, unknown>>)[key] : body;
}
