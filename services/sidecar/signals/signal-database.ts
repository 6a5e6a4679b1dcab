import type pg from "pg";
import type {Bar} from "../../domain/bar.js";
import type {EpochMs} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";
import {withClient} from "../../sources/postgres/database.js";
import {readBars} from "../../sources/postgres/read-bars.js";
import {type DetectedSignal, insertSignals} from "../../sources/postgres/signals.js";

/** What an analyzer keeps in the database of one contract and timeframe. */
export interface SignalKey {
  readonly analyzer: string;
  readonly contractId: string;
  readonly timeframe: Timeframe;
}

/** Signals and how far they were looked for, in the database. */
export interface SignalDatabase {
  /** The last bar that was looked at in any run; −Infinity of none. */
  watermark(key: SignalKey): Promise<EpochMs>;
  /** All bars stored before a moment, in order, some thousand at once. */
  barsBefore(key: SignalKey, end: EpochMs, take: (bars: readonly Bar[]) => void): Promise<void>;
  /** Stores signals, each once, and moves the watermark on, all or nothing. */
  store(key: SignalKey, signals: readonly DetectedSignal[], processedTime: EpochMs): Promise<void>;
}

const watermarkSql = `select (extract(epoch from last_processed_timestamp) * 1000)::float8 as time
  from analyzer_watermarks where analyzer_id = $1 and contract_id = $2 and timeframe = $3`;
const moveWatermark = `insert into analyzer_watermarks values ($1, $2, $3, to_timestamp($4::float8 / 1000))
  on conflict (analyzer_id, contract_id, timeframe) do update
  set last_processed_timestamp = greatest(analyzer_watermarks.last_processed_timestamp, excluded.last_processed_timestamp)`;

/** The signals of a database whose schema is set up. */
export function openSignalDatabase(pool: pg.Pool): SignalDatabase {
  return {
    async watermark({analyzer, contractId, timeframe}) {
      const {rows} = await pool.query<{time: number}>(watermarkSql, [analyzer, contractId, timeframe]);
      return rows[0]?.time ?? Number.NEGATIVE_INFINITY;
    },
    barsBefore: ({contractId, timeframe}, end, take) =>
      withClient(pool, async (client) => {
        for await (const rows of readBars(client, {contractId, timeframe, start: 0, end}))
          take(rows.map((row) => ({...row, volume: row.volume ?? 0})));
      }),
    store: ({analyzer, contractId, timeframe}, signals, processedTime) =>
      withClient(pool, async (client) => {
        await client.query("begin");
        if (signals.length > 0) await insertSignals(client, signals);
        await client.query(moveWatermark, [analyzer, contractId, timeframe, processedTime]);
        await client.query("commit");
      })
  };
}
