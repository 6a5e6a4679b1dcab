import {closeSync, fsyncSync, openSync, statSync, writeSync} from "node:fs";
import {join} from "node:path";
import {DOUBLE, type DuckDBConnection, DuckDBDataChunk} from "@duckdb/node-api";
import {type TickSeries, tickColumns} from "../../services/domain/tick-series.js";
import {createView} from "../../services/snapshots/duckdb-columns.js";
import {encodeTicks} from "../../services/snapshots/encode-ticks.js";
import {writeWhole} from "../../services/snapshots/store-files.js";
import {type Workbench, withDuckDb} from "../../services/snapshots/with-duckdb.js";
import {sampleTicks} from "../snapshots/tick-samples.js";
import {type Bench, compare, type Row} from "./measure.js";

const length = 10_000_000;
const tabled = 1_000_000;

/** Writing ticks, beside DuckDB's own file and a raw one; typed columns into a table of DuckDB, beside its own way. */
export default {
  name: "snapshot",
  async run(): Promise<readonly Row[]> {
    const ticks = sampleTicks(length);
    return withDuckDb(async (workbench) => [
      await compareBytes(workbench, ticks),
      await compareTimes(workbench.folder, ticks),
      await compareAnswers(workbench, pricesOf(ticks, tabled)),
      await compareTables(workbench, pricesOf(ticks, tabled))
    ]);
  },
  async check() {
    await withDuckDb(async (workbench) => {
      const columns = pricesOf(sampleTicks(5_000), 5_000);
      await tableByView(workbench, columns);
      await workbench.connection.run("create table ours as from made");
      await tableByColumns(workbench.connection, columns);
      const sql = "select count(*)::int from ours positional join made where ours is not distinct from made";
      const [[same]] = (await workbench.connection.runAndReadAll(sql)).getRows() as [[number]];
      if (same !== 5_000) throw new Error(`${same} of 5000 rows are alike`);
    });
  }
} satisfies Bench;

async function compareBytes(workbench: Workbench, ticks: TickSeries): Promise<Row> {
  const {time, bid, ask, last, volume} = ticks;
  const {connection, folder} = workbench;
  await createView(workbench, "ticks", {time, bid, ask, last, volume});
  const file = join(folder, "peer.parquet");
  await connection.run(
    `copy (select epoch_ms(time::bigint) as time, bid, ask, nullif(last, 'NaN'::double) as last, volume from ticks)
     to '${file}' (format parquet, compression snappy)`
  );
  const ours = (await encodeTicks(ticks, {id: "ticks/X-Y"})).byteLength / length;
  const theirs = statSync(file).size / length;
  const ratio = ours / theirs;
  const path = "snapshot of 10 M ticks, size";
  const goal = "≤ 0.45 ×";
  return {
    path,
    unit: "bytes/row",
    ours,
    peer: "DuckDB COPY, Snappy",
    theirs,
    ratio,
    goal,
    isMet: ratio <= 0.45,
    rounds: 1
  };
}

function compareTimes(folder: string, ticks: TickSeries): Promise<Row> {
  let files = 0; // a new one each time, as ours is: to cut off an old one first would take time
  return compare({
    path: "snapshot of 10 M ticks, written to the disk",
    unit: "ms",
    ours: async () =>
      writeWhole(join(folder, "ours.parquet"), new Uint8Array(await encodeTicks(ticks, {id: "ticks/X-Y"}))),
    peer: "its five columns as they lie in memory",
    theirs: () => writeRaw(join(folder, `raw${++files}`), ticks),
    most: 2,
    rounds: 5
  });
}

function writeRaw(path: string, ticks: TickSeries): void {
  const file = openSync(path, "w");
  for (const name of tickColumns) writeSync(file, new Uint8Array(ticks[name].buffer));
  fsyncSync(file);
  closeSync(file);
}

type Prices = Readonly<Record<"time" | "bid" | "ask", Float64Array>>;

function pricesOf({time, bid, ask}: TickSeries, rows: number): Prices {
  return {time: time.subarray(0, rows), bid: bid.subarray(0, rows), ask: ask.subarray(0, rows)};
}

/** What a snapshot needs: columns handed over, and read once. */
function compareAnswers(workbench: Workbench, columns: Prices): Promise<Row> {
  const ask = (table: string) => workbench.connection.run(`select sum(time), sum(bid), sum(ask) from ${table}`);
  return compare({
    path: "typed columns to DuckDB's first answer",
    unit: "ns/row",
    perMs: 1e6 / tabled,
    ours: async () => {
      await createView(workbench, "prices", columns);
      await ask("prices");
    },
    peer: "setColumns",
    theirs: async () => {
      await tableByColumns(workbench.connection, columns);
      await ask("made");
    },
    least: 1.7,
    rounds: 9
  });
}

function compareTables(workbench: Workbench, columns: Prices): Promise<Row> {
  return compare({
    path: "typed columns into a table of DuckDB",
    unit: "ns/row",
    perMs: 1e6 / tabled,
    ours: () => tableByView(workbench, columns),
    peer: "setColumns",
    theirs: () => tableByColumns(workbench.connection, columns),
    least: 1.7,
    rounds: 9
  });
}

async function tableByView(workbench: Workbench, columns: Prices): Promise<void> {
  await createView(workbench, "prices", columns);
  await workbench.connection.run("create or replace table made as from prices");
}

async function tableByColumns(connection: DuckDBConnection, columns: Prices): Promise<void> {
  const sources = Object.values(columns);
  await connection.run("create or replace table made (time double, bid double, ask double)");
  const appender = await connection.createAppender("made");
  for (let at = 0; at < sources[0]!.length; at += 2048) {
    const chunk = DuckDBDataChunk.create(sources.map(() => DOUBLE));
    chunk.setColumns(sources.map((column) => column.subarray(at, at + 2048) as unknown as number[]));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
