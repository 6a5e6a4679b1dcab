import type {AccountState, Position} from "../domain/position.js";
import {type EncodeOptions, encodeParquet} from "./encode-parquet.js";
import {positionColumns} from "./position-columns.js";
import {metadataKeys, positionsSchema} from "./schema.js";

/** What an account looks like at a moment: what is open, what the broker says it is worth, what a report prints. */
export interface AccountPicture {
  readonly positions: readonly Position[];
  readonly state?: AccountState | undefined;
  /** Figures a saved report states about itself, by name. */
  readonly stated?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * An account's open positions as a Parquet file, its state and stated figures in the file's metadata.
 *
 * @throws {RangeError} if a time or an amount is not a whole number
 */
export function encodePositions({positions, state, stated}: AccountPicture, options: EncodeOptions): ArrayBuffer {
  const notes = {
    ...options.notes,
    ...(state ? {[metadataKeys.state]: JSON.stringify(toPlain(state))} : {}),
    ...(stated ? {[metadataKeys.stated]: JSON.stringify(stated)} : {})
  };
  return encodeParquet(positionsSchema, positionColumns(positions), {...options, notes});
}

function toPlain({time, currency, balance, equity}: AccountState) {
  return {time, currency, balance: balance.minor, equity: equity.minor};
}
