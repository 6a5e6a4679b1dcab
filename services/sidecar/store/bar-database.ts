import type pg from "pg";
import type {Bar} from "../../domain/bar.js";
import type {EpochMs} from "../../domain/time.js";
import {openDatabase, withClient} from "../../sources/postgres/database.js";
import {migrate} from "../../sources/postgres/migrate.js";
import {readBars} from "../../sources/postgres/read-bars.js";
import {type BarRow, upsertBars} from "../../sources/postgres/upsert-bars.js";
import type {JournalRecord} from "./journal-record.js";

/** The database as the sidecar uses it. Every function fails within seconds when it is away. */
export interface BarDatabase {
  /** Sets up what is not there. @returns the last number of the journal whose bars it holds; 0 of a new one */
  prepare(): Promise<number>;
  /** Stores records, notifies, and notes their last number, all or nothing. */
  store(records: readonly JournalRecord<BarRow>[]): Promise<void>;
  notifyTicks(payloads: readonly string[]): Promise<void>;
  /** Minutes of a contract with start ≤ time < end. */
  minutes(contractId: string, start: EpochMs, end: EpochMs): Promise<Bar[]>;
  ping(): Promise<void>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const journalTable = `create table if not exists sidecar_journals (
  journal_id text primary key,
  last_sequence bigint not null
)`;
const noteSequence = `insert into sidecar_journals values ($1, $2)
  on conflict (journal_id) do update set last_sequence = greatest(sidecar_journals.last_sequence, excluded.last_sequence)`;
const notifyTicksSql = "select pg_notify('tick_data_channel', payload) from unnest($1::text[]) as tick(payload)";

/**
 * The database of a sidecar whose journal has this id. Bars and the journal's last number go in by one transaction, so
 * that whatever dies between the two, a record is stored and notified once.
 */
export function openBarDatabase(url: string, journalId: string): BarDatabase {
  const pool = openDatabase(url, {max: 3, connectionTimeoutMillis: 5_000, query_timeout: 15_000});
  return {
    pool,
    async prepare() {
      await migrate(url);
      await pool.query(journalTable);
      const {rows} = await pool.query<{seq: string}>(
        "select last_sequence as seq from sidecar_journals where journal_id = $1",
        [journalId]
      );
      return Number(rows[0]?.seq ?? 0);
    },
    store: (records) =>
      withClient(pool, async (client) => {
        await client.query("begin");
        await upsertBars(
          client,
          records.map(({value}) => value)
        );
        await client.query(noteSequence, [journalId, records.at(-1)!.seq]);
        await client.query("commit");
      }),
    async notifyTicks(payloads) {
      await pool.query(notifyTicksSql, [payloads]);
    },
    minutes: (contractId, start, end) =>
      withClient(pool, async (client) => {
        const bars: Bar[] = [];
        for await (const rows of readBars(client, {contractId, timeframe: "1m", start, end}))
          bars.push(...rows.map((row) => ({...row, volume: row.volume ?? 0})));
        return bars;
      }),
    async ping() {
      await pool.query("select 1");
    },
    close: () => pool.end()
  };
}
