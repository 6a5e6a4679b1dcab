import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import pg from "pg";
import {startPostgres} from "../../services/demo/postgres.js";
import {type BarSeries, barAt, sliceBars, toBarSeries} from "../../services/domain/bar.js";
import {MINUTE_MS} from "../../services/domain/time.js";
import {copyBars} from "../../services/sources/postgres/copy-bars.js";
import {insertBars} from "../../services/sources/postgres/insert-bars.js";
import {migrate} from "../../services/sources/postgres/migrate.js";
import {type Bench, compare, type Row} from "./measure.js";

const length = 50_000;
const liveRows = 500;
const valuesRows = 1_000;
const columns = "contract_id, timestamp, open, high, low, close, volume, timeframe_unit, timeframe_value";

/** Bars into PostgreSQL: a history by COPY, and live bars by upsert, each beside plain multi-row statements. */
export default {
  name: "postgres",
  async run(): Promise<readonly Row[]> {
    const dir = mkdtempSync(join(tmpdir(), "tapebook-bench-"));
    const server = await startPostgres({dir});
    const client = new pg.Client({connectionString: server.url});
    try {
      await migrate(server.url);
      await client.connect();
      return await measure(client);
    } finally {
      await client.end();
      await server.stop();
      rmSync(dir, {recursive: true, force: true});
    }
  }
} satisfies Bench;

async function measure(client: pg.Client): Promise<Row[]> {
  const bars = sampleBars();
  const empty = () => client.query("truncate ohlc_bars");
  const live = sliceBars(bars, 0, liveRows);
  const bulk = await compare({
    path: "bars into PostgreSQL, a history",
    unit: "ns/row",
    perMs: 1e6 / length,
    ours: async () => {
      await empty();
      await copyBars(client, "US500", "1m", bars);
    },
    peer: "multi-row VALUES",
    theirs: async () => {
      await empty();
      await insertByValues(client, bars, "");
    },
    least: 5,
    rounds: 5
  });
  const update = `on conflict (contract_id, timestamp, timeframe_unit, timeframe_value) do update set
    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume`;
  const upsert = await compare({
    path: "bars into PostgreSQL, live upsert",
    unit: "ns/row",
    perMs: 1e6 / liveRows,
    ours: () => insertBars(client, "US500", "1m", changed(live), {existing: "update"}),
    peer: "multi-row upsert",
    theirs: () => insertByValues(client, changed(live), update),
    least: 1.3,
    rounds: 21
  });
  return [bulk, upsert];
}

let step = 0;

/** Other closing prices each time, so that every row must be written. */
function changed(bars: BarSeries): BarSeries {
  ++step;
  return {...bars, close: bars.close.map((close, i) => close - ((i + step) % 7) / 100)};
}

async function insertByValues(client: pg.Client, bars: BarSeries, conflict: string): Promise<void> {
  for (let start = 0; start < bars.length; start += valuesRows) {
    const values: unknown[] = [];
    const rows: string[] = [];
    for (let i = start; i < Math.min(start + valuesRows, bars.length); ++i) {
      const {time, open, high, low, close, volume} = barAt(bars, i);
      values.push("US500", new Date(time), open, high, low, close, volume, 2, 1);
      rows.push(`(${Array.from({length: 9}, (_, n) => `$${values.length - 8 + n}`).join(",")})`);
    }
    await client.query(`insert into ohlc_bars (${columns}) values ${rows.join(",")} ${conflict}`, values);
  }
}

function sampleBars(): BarSeries {
  const start = Date.UTC(2024, 0, 1);
  return toBarSeries(
    Array.from({length}, (_, i) => {
      const open = 4_700 + Math.sin(i / 40) * 9;
      return {time: start + i * MINUTE_MS, open, high: open + 1, low: open - 1, close: open + 0.5, volume: i % 900};
    })
  );
}
