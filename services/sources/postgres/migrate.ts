import type pg from "pg";
import {SourceError} from "../../domain/source-error.js";
import {openDatabase, toDatabaseError, withClient} from "./database.js";
import {expectedColumns, expectedKeys, schemaStatements} from "./schema.js";

/** What a migration did, and how the database keeps its bars. */
export interface Migration {
  /** Tables that were made; empty where all were there. */
  readonly created: readonly string[];
  /** Whether `ohlc_bars` is a hypertable of TimescaleDB. */
  readonly isHypertable: boolean;
}

/** One migration at a time, whoever starts it. */
const LOCK = 7_290_411;

/**
 * Sets up the schema or completes it. Nothing is dropped, renamed or rewritten: what is there stays, and a table whose
 * columns are of another kind, or that has no key to tell a row by, is refused. Where TimescaleDB is installed `ohlc_bars` becomes a hypertable, its rows
 * kept.
 *
 * @param url the database's address
 * @throws {SourceError} SOURCE_REFUSED naming the column or key that does not fit, with the database as it was
 */
export async function migrate(url: string): Promise<Migration> {
  const pool = openDatabase(url);
  try {
    return await withClient(pool, migrateWith);
  } catch (error) {
    throw toDatabaseError(error, "postgres");
  } finally {
    await pool.end();
  }
}

async function migrateWith(client: pg.PoolClient): Promise<Migration> {
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    const before = await tables(client);
    await checkColumns(client);
    for (const table of before) await checkKey(client, table, expectedKeys[table]!);
    for (const statement of schemaStatements) await client.query(statement);
    const created = (await tables(client)).filter((table) => !before.includes(table));
    const isHypertable = await makeHypertable(client);
    await client.query("commit");
    return {created, isHypertable};
  } catch (error) {
    await client.query("rollback").catch(() => {}); // the first fault is the one to tell
    throw error;
  }
}

async function tables(client: pg.PoolClient): Promise<string[]> {
  const {rows} = await client.query<{name: string}>(
    `select table_name as name from information_schema.tables
     where table_schema = current_schema() and table_name in ('ohlc_bars', 'detected_signals', 'analyzer_watermarks')
     order by 1`
  );
  return rows.map(({name}) => name);
}

async function checkColumns(client: pg.PoolClient): Promise<void> {
  for (const [table, columns] of Object.entries(expectedColumns)) {
    const {rows} = await client.query<{name: string; type: string}>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = current_schema() and table_name = $1`,
      [table]
    );
    if (rows.length === 0) continue;
    const found = new Map(rows.map(({name, type}) => [name, type]));
    for (const [name, types] of Object.entries(columns)) {
      const type = found.get(name);
      if (type !== undefined && types.includes(type)) continue;
      const words = type === undefined ? "is not there" : `is ${type}`;
      throw new SourceError(
        "SOURCE_REFUSED",
        `postgres: ${table}.${name} ${words}, must be ${types[0]}; nothing was changed`
      );
    }
  }
}

/** A row that is there already must be known by its key: any unique index on just these columns does. */
async function checkKey(client: pg.PoolClient, table: string, columns: readonly string[]): Promise<void> {
  const {rows} = await client.query<{columns: string[]}>(
    `select array_agg(attname::text order by attnum) as columns
     from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
     where indrelid = to_regclass($1) and indisunique and indisvalid and indpred is null and indexprs is null
     group by indexrelid order by 1`,
    [table]
  );
  const sorted = [...columns].sort().join();
  if (rows.some((row) => [...row.columns].sort().join() === sorted)) return;
  const found = rows.map((row) => `(${row.columns.join(", ")})`).join(", ") || "none";
  const key = `(${columns.join(", ")})`;
  throw new SourceError(
    "SOURCE_REFUSED",
    `postgres: ${table} has no unique key ${key}, found ${found}; nothing was changed. ` +
      `If its rows are told apart by it: alter table ${table} add unique ${key}`
  );
}

/** TimescaleDB is used where it is installed in the database; it is not installed here, for that is the owner's word. */
async function makeHypertable(client: pg.PoolClient): Promise<boolean> {
  if (!(await hasTimescale(client))) return false;
  await client.query("select create_hypertable('ohlc_bars', 'timestamp', if_not_exists => true, migrate_data => true)");
  return true;
}

/** Whether TimescaleDB is installed in the database. */
export async function hasTimescale(client: Pick<pg.PoolClient, "query">): Promise<boolean> {
  const {rowCount} = await client.query("select from pg_extension where extname = 'timescaledb'");
  return rowCount === 1;
}
