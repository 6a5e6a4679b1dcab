import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type pg from "pg";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {type Postgres, startPostgres} from "../../../services/demo/postgres.js";
import {sliceBars} from "../../../services/domain/bar.js";
import {openDatabase} from "../../../services/sources/postgres/database.js";
import {insertBars} from "../../../services/sources/postgres/insert-bars.js";
import {migrate} from "../../../services/sources/postgres/migrate.js";
import {bars} from "./sample.js";

const dir = mkdtempSync(join(tmpdir(), "tapebook-sources-"));
let server: Postgres;
let pool: pg.Pool;

beforeAll(async () => {
  server = await startPostgres({dir});
  await migrate(server.url);
  pool = openDatabase(server.url);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await server.stop();
  rmSync(dir, {recursive: true, force: true});
});

describe("migrate", () => {
  it("makes the tables once, and then changes nothing and destroys nothing", async () => {
    await insertBars(pool, "KEEP", "1m", sliceBars(bars, 0, 10));
    expect(await migrate(server.url)).toEqual({created: [], isHypertable: false});
    const {rows} = await pool.query<{count: string}>("select count(*) from ohlc_bars where contract_id = 'KEEP'");
    expect(rows[0]!.count).toBe("10");
  });

  it("refuses a table of another kind, naming the column, and leaves it as it is", async () => {
    await pool.query(
      "create schema other; create table other.ohlc_bars (contract_id text, timestamp timestamp, open text)"
    );
    const url = `${server.url}?options=-csearch_path%3Dother`;
    await expect(migrate(url)).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      message: expect.stringMatching(
        /ohlc_bars\.timestamp is timestamp without time zone, must be timestamp with time zone; nothing was changed/
      )
    });
    const {rows} = await pool.query<{name: string}>(
      "select table_name as name from information_schema.tables where table_schema = 'other'"
    );
    expect(rows.map(({name}) => name)).toEqual(["ohlc_bars"]);
  });
});

describe("a table that another made", () => {
  const own = (name: string) => `${server.url}?options=-csearch_path%3D${name}`;
  const signals = `analyzer_id text, timestamp timestamptz, trigger_timestamp timestamptz, contract_id text, timeframe text,
    signal_type text, signal_price float8, signal_open float8, signal_high float8, signal_low float8, signal_close float8,
    signal_volume bigint, details jsonb`;

  it("of signals in which one could stand twice is refused, with the keys found and what would do", async () => {
    await pool.query(
      `create schema twice; create table twice.detected_signals (signal_id serial primary key, ${signals})`
    );
    await expect(migrate(own("twice"))).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      message:
        "postgres: detected_signals has no unique key (analyzer_id, contract_id, timeframe, timestamp, signal_type), " +
        "found (signal_id); nothing was changed. If its rows are told apart by it: alter table detected_signals add " +
        "unique (analyzer_id, contract_id, timeframe, timestamp, signal_type)"
    });
    const {rows} = await pool.query("select from information_schema.tables where table_schema = 'twice'");
    expect(rows).toHaveLength(1);
    await pool.query(
      "alter table twice.detected_signals add unique (signal_type, contract_id, timeframe, timestamp, analyzer_id)"
    );
    expect((await migrate(own("twice"))).created).toEqual(["analyzer_watermarks", "ohlc_bars"]);
  });

  it.each([
    ["detected_signals", signals.replace("details jsonb", "details text"), "details is text, must be jsonb"],
    [
      "detected_signals",
      signals.replace("signal_price float8, ", ""),
      "signal_price is not there, must be double precision"
    ],
    [
      "analyzer_watermarks",
      "analyzer_id text, contract_id text, timeframe text, last_processed_timestamp timestamp",
      "last_processed_timestamp is timestamp without time zone, must be timestamp with time zone"
    ]
  ])("%s with a column of another kind is refused: %#", async (table, columns, words) => {
    await pool.query(`drop schema if exists odd cascade; create schema odd; create table odd.${table} (${columns})`);
    await expect(migrate(own("odd"))).rejects.toThrow(`postgres: ${table}.${words}; nothing was changed`);
  });
});
