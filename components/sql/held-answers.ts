import type {Database} from "./open-database.js";
import type {SqlResult} from "./sql-result.js";
import type {SqlKind, SqlValue} from "./sql-value.js";

/** A statement and what it gave, as plain JSON: what a file that can hold no database holds in its place. */
export interface HeldAnswer {
  readonly text: string;
  readonly parameters: readonly unknown[];
  readonly columns: readonly {readonly name: string; readonly kind: SqlKind; readonly values: readonly unknown[]}[];
  readonly rowCount: number;
}

/** What a page's window may hold: answers to draw from, or a list to put them in while a file is made of the page. */
interface AnswerWindow {
  tapebookAnswers?: readonly HeldAnswer[];
  tapebookRecord?: HeldAnswer[];
}

const page = globalThis as AnswerWindow;

/** The answers that the page's file holds; `undefined` on a page of a site, which has a database. */
export function heldAnswers(): readonly HeldAnswer[] | undefined {
  return page.tapebookAnswers;
}

/** A database that passes on what it answers, while a file is made of the page; else the database as it is. */
export function recorded(database: Database): Database {
  const record = page.tapebookRecord;
  if (record === undefined) return database;
  return {
    ...database,
    async query(text, parameters = []) {
      const result = await database.query(text, parameters);
      record.push(toAnswer(text, parameters, result));
      return result;
    }
  };
}

/** A database of answers: a statement among them gives what it gave, another says that it is not held. */
export function heldDatabase(answers: readonly HeldAnswer[]): Database {
  const byKey = new Map(answers.map((answer) => [keyOf(answer.text, answer.parameters), answer]));
  return {
    ready: Promise.resolve(),
    query(text, parameters = []) {
      const answer = byKey.get(keyOf(text, parameters.map(toPlain)));
      if (answer !== undefined) return Promise.resolve(toResult(answer));
      const reason = `not held by this file, which has the answers to ${byKey.size} queries and no database; the site answers it`;
      return Promise.reject(new Error(reason));
    },
    close: () => undefined
  };
}

function toAnswer(text: string, parameters: readonly unknown[], {columns, rowCount}: SqlResult): HeldAnswer {
  const rows = Array.from({length: rowCount}, (_, row) => row);
  return {
    text,
    parameters: parameters.map(toPlain),
    rowCount,
    columns: columns.map(({name, kind, value}) => ({name, kind, values: rows.map((row) => toPlain(value(row)))}))
  };
}

function toResult({columns, rowCount}: HeldAnswer): SqlResult {
  return {
    rowCount,
    columns: columns.map(({name, kind, values}) => ({name, kind, value: (row) => fromPlain(values[row])}))
  };
}

/** Moments and whole numbers beyond 2^53, which JSON has none of, stand as `{time}` and `{whole}`. */
function toPlain(value: unknown): unknown {
  if (value instanceof Date) return {time: value.getTime()};
  return typeof value === "bigint" ? {whole: String(value)} : value;
}

function fromPlain(value: unknown): SqlValue {
  const {time, whole} = (typeof value === "object" && value !== null ? value : {}) as {time?: number; whole?: string};
  if (time !== undefined) return new Date(time);
  return whole === undefined ? (value as SqlValue) : BigInt(whole);
}

function keyOf(text: string, parameters: readonly unknown[]): string {
  return JSON.stringify([text, parameters]);
}
