import type {AsyncDuckDB, DuckDBDataProtocol} from "npm:@duckdb/duckdb-wasm@1.28.0";
import {guardedWorker} from "./guard-worker.js";
import {type ArrowTable, resultOf, type SqlResult} from "./sql-result.js";

/** Where a file of the site is: what `FileAttachment(…).url()` gives. */
export type SqlFile = string | Promise<string>;

/** What stands for a `?` of a statement. */
export type SqlParameter = number | bigint | string | boolean | Date | null;

/** How much of the program has come; `total` is 0 where the server does not say. */
export interface OpeningProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** A database in a worker of its own. */
export interface Database {
  /** When it can be asked; rejects if it could not be fetched or opened. */
  readonly ready: Promise<void>;
  query(text: string, parameters?: readonly unknown[]): Promise<SqlResult>;
  /** Ends the worker at once, whatever it does: queries under way never answer. */
  close(): void;
}

const overHttp: DuckDBDataProtocol = 4;

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
    const {AsyncDuckDB, VoidLogger} = await import("npm:@duckdb/duckdb-wasm@1.28.0");
    const program = import.meta.resolve("npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-eh.wasm");
    const script = import.meta.resolve("npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-browser-eh.worker.js");
    if (isClosed) throw new Error("the database was closed while it was opened");
    worker = guardedWorker(script, [program, ...urls.values()]);
    const database = new AsyncDuckDB(new VoidLogger(), worker);
    await Promise.race([failureOf(worker), start(database, program, urls, onProgress)]);
    return database;
  })();
  const ready = opened.then(() => undefined);
  ready.catch(() => undefined); // whoever asks is told
  return {
    ready,
    query: async (text, parameters = []) => query(await opened, text, parameters),
    close() {
      isClosed = true;
      worker?.terminate();
    }
  };
}

async function start(
  database: AsyncDuckDB,
  program: string,
  urls: ReadonlyMap<string, string>,
  onProgress: (progress: OpeningProgress) => void
): Promise<void> {
  await database.instantiate(program, null, ({bytesLoaded, bytesTotal}) =>
    onProgress({loadedBytes: bytesLoaded, totalBytes: bytesTotal})
  );
  await database.open({query: {castTimestampToDate: true}});
  for (const [name, url] of urls) await addView(database, name, url);
}

function failureOf(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    worker.addEventListener("error", ({message}) => reject(new Error(`unable to start DuckDB: ${message}`)));
  });
}

async function addView(database: AsyncDuckDB, name: string, url: string): Promise<void> {
  const path = `${name}.parquet`;
  await database.registerFileURL(path, url, overHttp, false);
  const view = `CREATE VIEW "${name.replaceAll('"', '""')}" AS FROM parquet_scan('${path.replaceAll("'", "''")}')`;
  await query(database, view, []);
}

async function query(database: AsyncDuckDB, text: string, parameters: readonly unknown[]): Promise<SqlResult> {
  const connection = await database.connect();
  try {
    if (parameters.length === 0) return resultOf((await connection.query(text)) as ArrowTable);
    const statement = await connection.prepare(text);
    try {
      return resultOf((await statement.query(...parameters.map(parameterOf))) as ArrowTable);
    } finally {
      await statement.close();
    }
  } finally {
    await connection.close();
  }
}

/** @throws {TypeError} if a value has no counterpart in SQL */
function parameterOf(value: unknown): SqlParameter {
  if (value instanceof Date) return value.toISOString().replace("T", " ").replace("Z", ""); // a TIMESTAMP is UTC here
  if (value === null || ["number", "string", "boolean"].includes(typeof value)) return value as SqlParameter;
  throw new TypeError(`invalid parameter: ${String(value)}; a number, text, a Date, true, false or null will do`);
}
