import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {assertTicks, type TickSeries} from "../domain/tick-series.js";
import {queryColumns} from "./duckdb-columns.js";
import {readFooter, toDamaged} from "./read-metadata.js";
import {readNotes} from "./read-snapshot.js";
import {ticksSchema} from "./schema.js";
import {quoteText, withDuckDb} from "./with-duckdb.js";

/**
 * Ticks of a snapshot, oldest first, as columns; a price that a tick does not state is NaN. By DuckDB, in Node alone: a
 * page asks such a file by SQL.
 *
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not whole or the ticks make no sense; SNAPSHOT_SCHEMA if the
 * file holds something else
 */
export async function readTicks(buffer: ArrayBuffer): Promise<TickSeries> {
  readNotes(buffer, ticksSchema);
  const length = Number(readFooter(buffer).num_rows);
  try {
    const ticks = await decodeTicks(buffer, length);
    assertTicks(ticks);
    return ticks;
  } catch (error) {
    throw toDamaged(error);
  }
}

function decodeTicks(buffer: ArrayBuffer, length: number): Promise<TickSeries> {
  return withDuckDb(async ({connection, folder}) => {
    const file = join(folder, "ticks.parquet");
    await writeFile(file, new Uint8Array(buffer));
    const price = (name: string) => `coalesce(${name}, 'NaN'::double)`;
    const sql = `select epoch_ms(time)::double, ${price("bid")}, ${price("ask")}, ${price("last")}, volume
                 from read_parquet(${quoteText(file)})`;
    const [time, bid, ask, last, volume] = await queryColumns(connection, sql, length);
    return {length, time: time!, bid: bid!, ask: ask!, last: last!, volume: volume!};
  });
}
