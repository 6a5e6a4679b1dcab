import {createRequire} from "node:module";
import {dirname, join} from "node:path";

/** A connection, as far as tests use it. */
export interface Connection {
  query(sql: string): {toArray(): {toJSON(): Record<string, unknown>}[]};
}

/** A database, as far as tests use it. */
export interface Database {
  instantiate(): Promise<unknown>;
  registerFileBuffer(name: string, bytes: Uint8Array): void;
  copyFileToBuffer(name: string): Uint8Array;
  connect(): Connection;
}

interface DuckDb {
  createDuckDB(bundles: object, logger: object, runtime: object): Promise<Database>;
  VoidLogger: new () => object;
  NODE_RUNTIME: object;
}

/** The SQL page's own DuckDB, 1.28.0, run in Node. */
export async function openDuckDb(): Promise<Database> {
  const require = createRequire(import.meta.url);
  const path = require.resolve("@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs");
  const duckdb = require(path) as DuckDb;
  const module = (name: string) => ({mainModule: join(dirname(path), name), mainWorker: ""});
  const bundles = {mvp: module("duckdb-mvp.wasm"), eh: module("duckdb-eh.wasm")};
  const database = await duckdb.createDuckDB(bundles, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await database.instantiate();
  return database;
}

/** What the SQL page's own DuckDB answers about a file, which queries name `'asked.parquet'`. */
export async function askFile(file: ArrayBuffer | Uint8Array, sql: string): Promise<Record<string, unknown>[]> {
  const database = await openDuckDb();
  database.registerFileBuffer("asked.parquet", new Uint8Array(file));
  const rows = database.connect().query(sql).toArray();
  return rows.map((row) => row.toJSON());
}
