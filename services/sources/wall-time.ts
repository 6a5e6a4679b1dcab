import {parseIso} from "../domain/time.js";

const pattern = /^(\d{4})([-./]?)(\d{2})\2(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d{0,6})?)?)?$/;

/** No market data lie outside these years: a time that does is a fault. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/**
 * A wall time without a zone, as if it were UTC: `2018.06.01 00:01`, `2018-06-01T00:01:02.345`, `2018-06-01`,
 * `20180601`.
 *
 * @returns NaN for anything else: a date that does not exist, a year before 1970 or after 2199
 */
export function parseWallTime(text: string): number {
  const [, year, , month, day, hour = "0", minute = "0", second = "0", fraction = ""] = pattern.exec(text) ?? [];
  if (year === undefined) return Number.NaN;
  if (!(Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR)) return Number.NaN;
  if (!(Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60)) return Number.NaN;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(date).getUTCDate() !== Number(day) || new Date(date).getUTCMonth() !== Number(month) - 1)
    return Number.NaN;
  const ms = Number(fraction.padEnd(3, "0"));
  return date + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000 + ms;
}

/** A moment from text that states its zone, or `undefined` where it states none. NaN where it is neither. */
export function parseZonedTime(text: string): number | undefined {
  if (!/(Z|[+-]\d{2}:?\d{2})$/.test(text) || !/^\d{4}-\d{2}-\d{2}[T ]/.test(text)) return undefined;
  const wall = parseWallTime(text.replace(/\s*(Z|[+-]\d{2}:?\d{2})$/, ""));
  if (!Number.isFinite(wall)) return Number.NaN;
  try {
    return parseIso(text);
  } catch {
    return Number.NaN;
  }
}
