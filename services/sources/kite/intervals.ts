import {SourceError} from "../../domain/source-error.js";
import {DAY_MS} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";

/** A candle length as Kite names it, and the longest range it gives at once. */
export interface KiteInterval {
  readonly name: string;
  readonly maxMs: number;
}

const intervals: Partial<Record<Timeframe, KiteInterval>> = {
  "1m": {name: "minute", maxMs: 60 * DAY_MS},
  "3m": {name: "3minute", maxMs: 100 * DAY_MS},
  "5m": {name: "5minute", maxMs: 100 * DAY_MS},
  "10m": {name: "10minute", maxMs: 100 * DAY_MS},
  "15m": {name: "15minute", maxMs: 200 * DAY_MS},
  "30m": {name: "30minute", maxMs: 200 * DAY_MS},
  "1h": {name: "60minute", maxMs: 400 * DAY_MS},
  "1d": {name: "day", maxMs: 2_000 * DAY_MS}
};

/** @throws {SourceError} SOURCE_REFUSED if Kite has no such candles */
export function kiteInterval(timeframe: Timeframe): KiteInterval {
  const interval = intervals[timeframe];
  if (interval === undefined)
    throw new SourceError(
      "SOURCE_REFUSED",
      `no candles of ${timeframe} at Kite; it has ${Object.keys(intervals).join(", ")}`
    );
  return interval;
}
