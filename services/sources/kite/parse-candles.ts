import type {Bar} from "../../domain/bar.js";
import {SourceError} from "../../domain/source-error.js";
import {toJsonObject} from "../json-reader.js";
import {parseZonedTime} from "../wall-time.js";

/** A candle with where it stood in the reply. */
export interface Candle extends Bar {
  readonly where: string;
  /** Where it was asked for. */
  readonly openInterest?: number;
}

/**
 * Candles of `/instruments/historical`: arrays of time with its zone, open, high, low, close, volume and perhaps open
 * interest.
 *
 * @param data the reply's `data`
 * @throws {SourceError} SOURCE_BAD_DATA naming the candle and field
 */
export function parseCandles(data: unknown, where: string): Candle[] {
  return toJsonObject(data, where)
    .array("candles")
    .arrays()
    .map((row) => {
      const text = row.text(0);
      const time = parseZonedTime(text);
      if (time === undefined || !Number.isFinite(time))
        throw new SourceError(
          "SOURCE_BAD_DATA",
          `${row.where}[0]: expected a time with its zone, found ${JSON.stringify(text.slice(0, 40))}`
        );
      const [open, high, low, close, volume] = [
        row.number(1),
        row.number(2),
        row.number(3),
        row.number(4),
        row.number(5)
      ];
      const candle = {where: row.where, time, open, high, low, close, volume};
      return row.length > 6 ? {...candle, openInterest: row.number(6)} : candle;
    });
}
