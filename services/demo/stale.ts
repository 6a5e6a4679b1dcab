import type pg from "pg";
import type {EpochMs} from "../domain/time.js";

/**
 * Drops what a sidecar stored of another demo: all of it where the tape is another, else what lies after *now*, for a
 * demo's clock may begin earlier than the last one ended.
 *
 * @param contract the contract that is filled by the demo itself, and left alone here
 */
export async function dropStale(
  client: pg.ClientBase,
  {contract, isOtherTape, now}: {readonly contract: string; readonly isOtherTape: boolean; readonly now: EpochMs}
): Promise<void> {
  const since = [(isOtherTape ? 0 : now) / 1000];
  await client.query("delete from ohlc_bars where contract_id <> $1 and timestamp >= to_timestamp($2::float8)", [
    contract,
    ...since
  ]);
  await client.query("delete from detected_signals where trigger_timestamp >= to_timestamp($1::float8)", since);
  await client.query(
    "delete from analyzer_watermarks where last_processed_timestamp >= to_timestamp($1::float8)",
    since
  );
}
