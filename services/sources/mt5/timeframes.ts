import {SourceError} from "../../domain/source-error.js";
import type {Timeframe} from "../../domain/timeframe.js";

const names: Partial<Record<Timeframe, string>> = {
  "1m": "M1",
  "5m": "M5",
  "15m": "M15",
  "30m": "M30",
  "1h": "H1",
  "4h": "H4",
  "1d": "D1",
  "1w": "W1",
  "1mo": "MN1"
};

/**
 * A timeframe as MetaTrader names it: `1h` is `H1`.
 *
 * @throws {SourceError} SOURCE_REFUSED if the bridge has no such bars
 */
export function mt5Timeframe(timeframe: Timeframe): string {
  const name = names[timeframe];
  if (name === undefined)
    throw new SourceError(
      "SOURCE_REFUSED",
      `no bars of ${timeframe} in MetaTrader; it has ${Object.keys(names).join(", ")}`
    );
  return name;
}

/** The names that a terminal gives a timeframe in an exported file: days are `D1` or `Daily`. */
export function mt5FileTimeframes(timeframe: Timeframe): string[] {
  const long: Partial<Record<Timeframe, string>> = {"1d": "Daily", "1w": "Weekly", "1mo": "Monthly"};
  return [names[timeframe] ?? timeframe, ...(long[timeframe] === undefined ? [] : [long[timeframe]])];
}
