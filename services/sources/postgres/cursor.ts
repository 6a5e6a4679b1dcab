import type pg from "pg";

const FETCH_ROWS = 10_000;

/**
 * Rows of a query, streamed through a cursor in one read-only transaction: a consistent view, and no more than some
 * thousand rows in memory.
 */
export async function* readCursor<Row extends unknown[]>(
  client: pg.ClientBase,
  sql: string,
  values: readonly unknown[]
): AsyncGenerator<Row[]> {
  await client.query("begin isolation level repeatable read read only");
  try {
    await client.query(`declare rows no scroll cursor for ${sql}`, [...values]);
    for (let count = FETCH_ROWS; count === FETCH_ROWS; ) {
      const {rows} = await client.query<Row>({text: `fetch ${FETCH_ROWS} from rows`, rowMode: "array"});
      count = rows.length;
      if (count > 0) yield rows;
    }
  } finally {
    await client.query("rollback").catch(() => {}); // a connection that is gone has nothing to roll back
  }
}
