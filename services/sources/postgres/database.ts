import pg from "pg";
import {SourceError} from "../../domain/source-error.js";

/** What is used of a connection: a pool and a client both have it. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>;
}

/** Connections to one database, few: a pull reads one table at a time. */
export function openDatabase(url: string, config: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 10_000,
    allowExitOnIdle: true,
    application_name: "tapebook",
    ...config
  });
  // An idle connection that the server closes is no fault: the next query opens another.
  pool.on("error", () => {});
  return pool;
}

const unauthorized = new Set(["28P01", "28000", "3D000"]);
const missing = new Set(["42P01", "42703"]);

/** What went wrong with a database, as a source's error; the address, which may hold a password, is not in it. */
export function toDatabaseError(error: unknown, name: string): SourceError {
  if (error instanceof SourceError) return error;
  const {code = "", message = String(error)} = error as {code?: string; message?: string};
  if (unauthorized.has(code))
    return new SourceError(
      "SOURCE_UNAUTHORIZED",
      `${name}: ${message}; correct the user, password or database in the address that its url in settings names`,
      {cause: error}
    );
  if (missing.has(code))
    return new SourceError("SOURCE_REFUSED", `${name}: ${message}; run \`npm run tapebook -- migrate\``, {
      cause: error
    });
  const words = message || code || "no connection";
  return new SourceError("SOURCE_UNAVAILABLE", `${name}: ${words}${message.includes(code) ? "" : ` (${code})`}`, {
    cause: error
  });
}

/**
 * Uses one connection of a pool. It is thrown away where the use did not come to its end, for what it holds is then
 * unknown. A connection that dies while it is held fails the next query, and nothing else.
 */
export async function withClient<T>(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const ignore = () => {};
  client.on("error", ignore);
  let isDone = false;
  try {
    const result = await use(client);
    isDone = true;
    return result;
  } finally {
    client.off("error", ignore);
    client.release(!isDone);
  }
}
