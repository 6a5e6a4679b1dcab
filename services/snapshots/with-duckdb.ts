import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";

/** A DuckDB of one's own, in memory, and a folder for what it writes; both are gone afterwards. */
export interface Workbench {
  readonly connection: DuckDBConnection;
  readonly folder: string;
}

/**
 * Runs *work* with a DuckDB in memory. It is loaded when first asked for, and fetches no extension: what Parquet needs
 * is linked in.
 */
export async function withDuckDb<T>(work: (workbench: Workbench) => Promise<T>): Promise<T> {
  const {DuckDBInstance} = await import("@duckdb/node-api");
  const folder = await mkdtemp(join(tmpdir(), "tapebook-duckdb-"));
  const offline = {autoinstall_known_extensions: "false", autoload_known_extensions: "false"};
  try {
    const instance = await DuckDBInstance.create(":memory:", {...offline, temp_directory: folder});
    const connection = await instance.connect();
    try {
      return await work({connection, folder});
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** A text as SQL writes it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as SQL writes it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
