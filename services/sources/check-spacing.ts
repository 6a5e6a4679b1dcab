import {SourceError} from "../domain/source-error.js";
import {DAY_MS, HOUR_MS} from "../domain/time.js";
import {parseTimeframe, type Timeframe, timeframeMs} from "../domain/timeframe.js";

/** Rows from which the shortest step can be trusted to be the timeframe. */
const ENOUGH = 50;

/**
 * Checks that rows are bars of the timeframe asked: no two nearer than it, and, where there are many, some as near.
 *
 * @throws {SourceError} SOURCE_REFUSED saying how far apart the rows are
 */
export function checkSpacing(times: ArrayLike<number>, timeframe: Timeframe, name: string): void {
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < times.length; ++i) shortest = Math.min(shortest, times[i]! - times[i - 1]!);
  const {least, most} = bounds(timeframe);
  if (shortest < least || (times.length >= ENOUGH && shortest > most))
    throw new SourceError(
      "SOURCE_REFUSED",
      `${name}: asked for ${timeframe}, but its rows are ${shortest / 1000} s apart; state that timeframe in settings`
    );
}

/** A day that changes the clock has 23 or 25 hours, a holiday lies between days, months differ. */
function bounds(timeframe: Timeframe): {least: number; most: number} {
  const {count, unit} = parseTimeframe(timeframe);
  const length = timeframeMs(timeframe);
  if (unit === "d") return {least: length - HOUR_MS, most: length + HOUR_MS + (count > 1 ? 3 * DAY_MS : 0)};
  if (unit === "w") return {least: length - HOUR_MS, most: length + HOUR_MS};
  if (unit === "mo") return {least: count * 28 * DAY_MS - HOUR_MS, most: count * 31 * DAY_MS + HOUR_MS};
  return {least: length, most: length};
}
