import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import pg from "pg";
import {type Postgres, startPostgres} from "../../services/demo/postgres.js";
import type {Bar} from "../../services/domain/bar.js";
import {type CountingDoor, openDoor} from "../acceptance/counting-door.js";

/** A real PostgreSQL at an address that stays, however often it is stopped and started. */
export interface StoppableDatabase {
  readonly url: string;
  readonly folder: string;
  readonly door: CountingDoor;
  stop(): Promise<void>;
  /** @param before what is done once it runs and before others reach it */
  start(before?: () => Promise<void>): Promise<void>;
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Payloads of a channel from now on. */
  listen(channel: string): Promise<string[]>;
  /** Minutes stored of a contract, oldest first. */
  bars(contractId: string): Promise<Bar[]>;
  close(): Promise<void>;
}

export async function startStoppable(): Promise<StoppableDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "sidecar-store-"));
  let server: Postgres = await startPostgres({dir: join(folder, "postgres")});
  const door = await openDoor(Number(new URL(server.url).port));
  const clients: pg.Client[] = [];
  const connect = async () => {
    const client = new pg.Client({connectionString: server.url});
    client.on("error", () => {}); // the server is stopped under it
    await client.connect();
    clients.push(client);
    return client;
  };

  async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = await connect();
    const {rows} = await client.query<Row>(text, values);
    await client.end();
    return rows;
  }

  return {
    url: server.url.replace(/:\d+\//, `:${door.port}/`),
    folder,
    door,
    query,
    stop: () => server.stop(),
    async start(before = async () => {}) {
      server = await startPostgres({dir: join(folder, "postgres")});
      await before();
      door.lead(Number(new URL(server.url).port));
    },
    async listen(channel) {
      const heard: string[] = [];
      const client = await connect();
      client.on("notification", ({payload}) => heard.push(payload ?? ""));
      await client.query(`listen ${channel}`);
      return heard;
    },
    async bars(contractId) {
      const rows = await query<{time: number} & Bar>(
        `select (extract(epoch from timestamp) * 1000)::float8 as time, open, high, low, close, volume::float8 as volume
         from ohlc_bars where contract_id = $1 and timeframe_unit = 2 and timeframe_value = 1 order by timestamp`,
        [contractId]
      );
      return rows.map(({time, open, high, low, close, volume}) => ({time, open, high, low, close, volume}));
    },
    async close() {
      for (const client of clients) await client.end().catch(() => {});
      await door.close();
      await server.stop();
      rmSync(folder, {recursive: true, force: true});
    }
  };
}
