import {type InstrumentId, parseInstrumentId} from "../domain/instrument.js";
import type {Timeframe} from "../domain/timeframe.js";

const part = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

function plain(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]+/g, "-").replace(/^[.-]+/, "");
}

/** The data set of an instrument's bars: `barsId("MT5:EURUSD", "1m")` is `bars/MT5-EURUSD/1m`. */
export function barsId(instrument: InstrumentId, timeframe: Timeframe): string {
  const {venue, symbol} = parseInstrumentId(instrument);
  return `bars/${venue}-${plain(symbol)}/${timeframe}`;
}

/** The data set of an instrument's ticks: `ticksId("MT5:EURUSD")` is `ticks/MT5-EURUSD`. */
export function ticksId(instrument: InstrumentId): string {
  const {venue, symbol} = parseInstrumentId(instrument);
  return `ticks/${venue}-${plain(symbol)}`;
}

/** The data set of an account's deals: `deals/alpha`. */
export function dealsId(account: string): string {
  return `deals/${plain(account)}`;
}

/** The data set of an account's open positions and state: `positions/alpha`. */
export function positionsId(account: string): string {
  return `positions/${plain(account)}`;
}

/**
 * The check before an id becomes a path: two or three plain parts, none of which climbs.
 *
 * @throws {RangeError} if the id is anything else
 */
export function assertDatasetId(id: string): void {
  const parts = id.split("/");
  if (!(parts.length >= 2 && parts.length <= 3 && parts.every((text) => part.test(text))))
    throw new RangeError(`invalid data set id: ${id}`);
}
