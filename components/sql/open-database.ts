import type {AsyncDuckDB, AsyncDuckDBConnection, DuckDBDataProtocol} from "npm:@duckdb/duckdb-wasm@1.28.0";
import {createViews} from "./create-views.js";
import {type ArrowTable, resultOf, type SqlResult} from "./sql-result.js";
import {startWorker} from "./start-worker.js";
import type {OpeningProgress} from "./worker-words.js";

/** Where a file of the site is: what `FileAttachment(…).url()` gives. */
export type SqlFile = string | Promise<string>;

/** What stands for a `?` of a statement. */
export type SqlParameter = number | bigint | string | boolean | Date | null;

/** A database in a worker of its own. */
export interface Database {
  /** When it can be asked; rejects if it could not be fetched or opened. */
  readonly ready: Promise<void>;
  query(text: string, parameters?: readonly unknown[]): Promise<SqlResult>;
  /** Ends the worker at once, whatever it does: queries under way never answer. */
  close(): void;
}

const overHttp: DuckDBDataProtocol = 4;
const program = import.meta.resolve("npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-eh.wasm");

/**
 * Opens DuckDB in a worker over Parquet files, each a view under its name: only what a query needs is fetched.
 * Version 1.28.0 is the last with the Parquet reader linked in, so that nothing comes from another host.
 */
export function openDatabase(
  files: Readonly<Record<string, SqlFile>>,
  onProgress: (progress: OpeningProgress) => void = () => {}
): Database {
  let isClosed = false;
  let worker: Worker | undefined;
  const opened = (async () => {
    const urls = new Map<string, string>();
    for (const [name, file] of Object.entries(files)) urls.set(name, new URL(await file, location.href).href);
    if (isClosed) throw new Error("the database was closed while it was opened");
    const started = startWorker([...urls.values()], onProgress);
    worker = started.worker;
    const open = async () => {
      const [{AsyncDuckDB, VoidLogger}] = await Promise.all([import("npm:@duckdb/duckdb-wasm@1.28.0"), started.ready]);
      const database = new AsyncDuckDB(new VoidLogger(), started.worker);
      await database.instantiate(program, null);
      const named = [...urls].map(([name, url]) => database.registerFileURL(fileOf(name), url, overHttp, false));
      await Promise.all([database.open({query: {castTimestampToDate: true}}), ...named]); // in this order
      return database;
    };
    const database = await Promise.race([open(), started.failed]);
    return createAsker(database, [...urls.keys()]);
  })();
  const ready = opened.then(() => undefined);
  ready.catch(() => undefined); // whoever asks is told
  return {
    ready,
    query: async (text, parameters = []) => (await opened)(text, parameters),
    close() {
      isClosed = true;
      worker?.terminate();
    }
  };
}

/** What a table's file is called inside the database. */
function fileOf(name: string): string {
  return `${name}.parquet`;
}

/** Asks a database: each statement on a connection of its own, so that it leaves no setting behind. */
function createAsker(database: AsyncDuckDB, names: readonly string[]): Database["query"] {
  const views = createViews(names, async (name, connection: AsyncDuckDBConnection) => {
    const [view, file] = [`"${name.replaceAll('"', '""')}"`, `'${fileOf(name).replaceAll("'", "''")}'`];
    await connection.query(`CREATE VIEW ${view} AS FROM parquet_scan(${file})`);
  });
  return async (text, parameters = []) => {
    const connection = await database.connect();
    try {
      return await views.around(text, connection, () => query(connection, text, parameters));
    } finally {
      connection.close().catch(() => undefined); // nobody waits for it
    }
  };
}

async function query(connection: AsyncDuckDBConnection, text: string, parameters: readonly unknown[]) {
  if (parameters.length === 0) return resultOf((await connection.query(text)) as ArrowTable);
  const statement = await connection.prepare(text);
  try {
    return resultOf((await statement.query(...parameters.map(parameterOf))) as ArrowTable);
  } finally {
    statement.close().catch(() => undefined);
  }
}

/** @throws {TypeError} if a value has no counterpart in SQL */
function parameterOf(value: unknown): SqlParameter {
  if (value instanceof Date) return value.toISOString().replace("T", " ").replace("Z", ""); // a TIMESTAMP is UTC here
  if (value === null || ["number", "string", "boolean"].includes(typeof value)) return value as SqlParameter;
  throw new TypeError(`invalid parameter: ${String(value)}; a number, text, a Date, true, false or null will do`);
}
