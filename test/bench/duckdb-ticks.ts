import {BIGINT, DOUBLE, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance, USMALLINT} from "@duckdb/node-api";
import type {TickTable} from "../../services/analytics/bars/tick-table.js";
import {type Timeframe, timeframeMs} from "../../services/domain/timeframe.js";
import {sessionOpen} from "./market.js";

const CHUNK = 2_048; // rows, DuckDB's own vector

/** A database in memory with the ticks in a table, as many threads as the machine has cores. */
export async function loadTicks({time, instrument, price, volume}: TickTable): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("create table ticks (time bigint, instrument usmallint, price double, volume double)");
  const appender = await connection.createAppender("ticks");
  const chunk = DuckDBDataChunk.create([BIGINT, USMALLINT, DOUBLE, DOUBLE], CHUNK);
  const columns = [BigInt64Array.from(time, BigInt), instrument, price, volume];
  for (let start = 0; start < time.length; start += CHUNK) {
    const end = Math.min(time.length, start + CHUNK);
    chunk.rowCount = end - start;
    columns.forEach((column, i) => {
      const vector = chunk.getColumnVector(i) as unknown as Vector;
      vector.items.set(column.subarray(start, end));
      vector.flush();
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return connection;
}

interface Vector {
  readonly items: {set(values: ArrayLike<number> | ArrayLike<bigint>): void};
  flush(): void;
}

/**
 * The same cascade in SQL, each level a table. `arg_min` and `arg_max` rather than `first` and `last`, which are faster
 * but take any row of a group when two threads share it.
 */
export async function groupBars(connection: DuckDBConnection, levels: readonly Level[]): Promise<void> {
  for (const {timeframe, from} of levels) {
    const step = timeframeMs(timeframe);
    const [time, open, high, low, close] =
      from === undefined ? ["time", "price", "price", "price", "price"] : ["start", "open", "high", "low", "close"];
    await connection.run(`
      create or replace temp table bars_${timeframe} as
      select instrument, ${sessionOpen} + (${time} - ${sessionOpen}) // ${step} * ${step} as start,
        arg_min(${open}, ${time}) as open, max(${high}) as high, min(${low}) as low, arg_max(${close}, ${time}) as close,
        sum(volume) as volume
      from ${from === undefined ? "ticks" : `bars_${from}`} group by all`);
  }
}

/** One level and what it is made of: the ticks, or a finer level. */
export interface Level {
  readonly timeframe: Timeframe;
  readonly from?: Timeframe;
}
