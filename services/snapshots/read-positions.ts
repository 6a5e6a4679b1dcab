import type {Side} from "../domain/deal.js";
import {parseInstrumentId} from "../domain/instrument.js";
import type {AccountState, Position} from "../domain/position.js";
import {attempt} from "./read-metadata.js";
import {readNotes, readSnapshot} from "./read-snapshot.js";
import {createRows, type Rows} from "./rows.js";
import {metadataKeys, positionsSchema} from "./schema.js";
import {SnapshotError} from "./snapshot-error.js";

/**
 * An account's open positions at the moment of the snapshot; none is an empty array.
 *
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not whole or a row makes no sense; SNAPSHOT_SCHEMA if the
 * file holds something else
 */
export async function readPositions(buffer: ArrayBuffer): Promise<Position[]> {
  const rows = createRows(await readSnapshot(buffer, positionsSchema));
  return attempt(() => Array.from({length: rows.length}, (_, i) => positionAt(rows, i)));
}

/**
 * Balance and equity as the broker stated them when the positions were taken.
 *
 * @returns `undefined` where the source holds history only, as a saved report does
 * @throws {SnapshotError} SNAPSHOT_DAMAGED or SNAPSHOT_SCHEMA, as `readPositions` does
 */
export function readAccountState(buffer: ArrayBuffer): AccountState | undefined {
  const text = readNotes(buffer, positionsSchema).get(metadataKeys.state);
  return text === undefined ? undefined : attempt(() => parseAccountState(JSON.parse(text)));
}

/**
 * The figures that a saved report prints about itself, by name, as the broker wrote them.
 *
 * @returns `undefined` where the source states none
 * @throws {SnapshotError} SNAPSHOT_DAMAGED or SNAPSHOT_SCHEMA, as `readPositions` does
 */
export function readStatedFigures(buffer: ArrayBuffer): Readonly<Record<string, unknown>> | undefined {
  const text = readNotes(buffer, positionsSchema).get(metadataKeys.stated);
  const stated: unknown = text === undefined ? undefined : attempt(() => JSON.parse(text));
  if (stated === undefined) return undefined;
  if (typeof stated === "object" && stated !== null) return stated as Readonly<Record<string, unknown>>;
  throw new SnapshotError("SNAPSHOT_DAMAGED", `stated figures are not an object: ${typeof stated}`);
}

function parseAccountState(value: unknown): AccountState {
  const {time, currency, balance, equity} = (value ?? {}) as Record<string, unknown>;
  if (!(typeof time === "number" && Number.isFinite(time)))
    throw new RangeError(`account state: invalid time: ${time}`);
  if (typeof currency !== "string") throw new RangeError(`account state: invalid currency: ${currency}`);
  const money = (name: string, minor: unknown) => {
    if (!(typeof minor === "number" && Number.isSafeInteger(minor)))
      throw new RangeError(`account state: invalid ${name}: ${minor}`);
    return {minor, currency};
  };
  return {time, currency, balance: money("balance", balance), equity: money("equity", equity)};
}

function positionAt(rows: Rows, i: number): Position {
  const {venue, symbol} = parseInstrumentId(rows.text("instrument", i));
  const stopPrice = rows.optionalNumber("stopPrice", i);
  return {
    ticket: rows.text("ticket", i),
    instrument: `${venue}:${symbol}`,
    side: rows.oneOf("side", i, ["buy", "sell"]) as Side,
    volumeLots: rows.number("volumeLots", i),
    openTime: rows.number("openTime", i),
    openPrice: rows.number("openPrice", i),
    currentPrice: rows.number("currentPrice", i),
    ...(stopPrice === undefined ? {} : {stopPrice}),
    profit: {minor: rows.count("profitMinor", i), currency: rows.text("currency", i)}
  };
}
