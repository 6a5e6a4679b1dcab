import {heldAnswers, heldDatabase, recorded} from "./held-answers.js";
import {type Database, openDatabase, type SqlFile} from "./open-database.js";
import {rowsOf, type SqlResult, type SqlRows} from "./sql-result.js";
import {createSupervisor, type DatabaseState, type RunOptions} from "./supervisor.js";
import type {OpeningProgress} from "./worker-words.js";

/** Runs one statement; `?` stands for each parameter. */
export type SqlQuery = (text: string, parameters?: readonly unknown[]) => Promise<SqlRows>;

/** A page's own `sql`: a template tag for cells, and what a page needs around it. */
export interface Sql {
  (strings: TemplateStringsArray, ...parameters: unknown[]): Promise<SqlRows>;
  readonly query: SqlQuery;
  /** One statement whose result stays in columns, and that can be cancelled. */
  run(text: string, options?: RunOptions): Promise<SqlResult>;
  readonly state: DatabaseState;
  /** Calls back now and whenever the state changes. @returns what ends it */
  watch(listener: (state: DatabaseState) => void): () => void;
}

/** Opens a database over files, and reports how much of it has come. */
export type OpenDatabase = (
  files: Readonly<Record<string, SqlFile>>,
  onProgress: (progress: OpeningProgress) => void
) => Database;

/**
 * The `sql` of a page over its files; the database is fetched and opened by the first query, not before.
 *
 * `const sql = createSql({bars: FileAttachment("bars.parquet").url()})`, then `sql` cells see a view `bars`, and
 * ``sql`SELECT * FROM bars WHERE instrument = ${instrument}` `` passes a value, never text, into the statement.
 */
export function createSql(files: Readonly<Record<string, SqlFile>>, open: OpenDatabase = openPageDatabase): Sql {
  const {run, watch, current} = createSupervisor((onProgress) => open(files, onProgress));
  const query: SqlQuery = async (text, parameters = []) => rowsOf(await run(text, {parameters}));
  const tag = (strings: TemplateStringsArray, ...parameters: unknown[]) => query(strings.join("?"), parameters);
  const sql = Object.assign(tag, {query, run, watch});
  return Object.defineProperty(sql, "state", {get: current}) as Sql;
}

/** DuckDB, or in a file of its own what DuckDB answered when the file was made. */
const openPageDatabase: OpenDatabase = (files, onProgress) => {
  const answers = heldAnswers();
  return answers === undefined ? recorded(openDatabase(files, onProgress)) : heldDatabase(answers);
};
