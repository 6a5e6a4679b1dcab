import {parseWallTime} from "../wall-time.js";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Beyond it a number is milliseconds: 1973 as milliseconds, 5138 as seconds. */
const SECONDS_BELOW = 1e11;
const LAST_TIME = Date.UTC(2200, 0, 1);

/**
 * A time as deployed bridges write it: epoch seconds, epoch milliseconds, ISO text or an RFC 1123 text. Whatever it
 * claims (`Z`, `GMT`), it is the server's wall clock: the result is that, as if it were UTC.
 *
 * @returns NaN for anything else, a text with an offset other than zero included
 */
export function parseBridgeTime(value: unknown): number {
  if (typeof value === "number") return parseNumber(value);
  if (typeof value !== "string") return Number.NaN;
  const [, day, month = "", year, time] =
    /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/.exec(value) ?? [];
  if (day === undefined) return parseWallTime(value.replace(/(?:Z|[+-]00:?00)$/, ""));
  const monthNumber = String(months.indexOf(month) + 1).padStart(2, "0");
  return parseWallTime(`${year}-${monthNumber}-${day} ${time}`);
}

function parseNumber(value: number): number {
  const wall = Math.round(value < SECONDS_BELOW ? value * 1000 : value);
  return wall > 0 && wall < LAST_TIME ? wall : Number.NaN;
}
