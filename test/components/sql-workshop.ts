import type {OpenDatabase} from "../../components/sql/create-sql.js";
import type {Database} from "../../components/sql/open-database.js";
import {resultOfRows, type SqlResult, type SqlRows} from "../../components/sql/sql-result.js";
import type {SqlValue} from "../../components/sql/sql-value.js";

/** Once all that was promised is done. */
export const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A result of rows. */
export function resultOf(...rows: Record<string, SqlValue>[]): SqlResult {
  return resultOfRows(Object.assign(rows, {columns: Object.keys(rows[0] ?? {})}) as SqlRows);
}

/** A statement that a database was asked. */
export interface Asked {
  readonly text: string;
  readonly parameters: readonly unknown[] | undefined;
  readonly database: number;
  readonly answer: (result: SqlResult) => void;
  readonly fail: (error: Error) => void;
}

/** Databases that answer when the test says so, as a worker does. */
export function workshop() {
  const asked: Asked[] = [];
  const closed: number[] = [];
  let opened = 0;
  const open: OpenDatabase = (): Database => {
    const database = ++opened;
    return {
      ready: Promise.resolve(),
      query: (text, parameters) =>
        new Promise((answer, fail) => asked.push({text, parameters, database, answer, fail})),
      close: () => closed.push(database)
    };
  };
  return {asked, closed, opened: () => opened, open};
}
