import type {BarSeries} from "../../domain/bar.js";
import type {Timeframe} from "../../domain/timeframe.js";
import type {Queryable} from "./database.js";
import {timeframeKey} from "./schema.js";

const BATCH_ROWS = 20_000;

/** Whether stored bars are history, which stays, or live, which goes on. */
export interface InsertBarsOptions {
  /** What to do with a bar that is there: `keep` it, as history is; `update` it, as a live bar that goes on. */
  readonly existing?: "keep" | "update"; // keep
}

const conflictClause = {
  keep: "on conflict do nothing",
  update: `on conflict (contract_id, timestamp, timeframe_unit, timeframe_value) do update
    set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume
    where (ohlc_bars.open, ohlc_bars.high, ohlc_bars.low, ohlc_bars.close, ohlc_bars.volume)
      is distinct from (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)`
};

/**
 * Inserts bars, columns at a time.
 *
 * @param db a pool, or a client within a transaction of the caller's
 * @param contractId the instrument's name in the database
 * @returns rows inserted or changed
 * @throws {RangeError} if a volume is not whole, which the column cannot hold
 */
export async function insertBars(
  db: Queryable,
  contractId: string,
  timeframe: Timeframe,
  bars: BarSeries,
  {existing = "keep"}: InsertBarsOptions = {}
): Promise<number> {
  assertWholeVolume(bars);
  const {unit, value} = timeframeKey(timeframe);
  const sql = `insert into ohlc_bars
      (contract_id, timestamp, open, high, low, close, volume, timeframe_unit, timeframe_value)
    select $1, to_timestamp(t / 1000), o, h, l, c, v, ${unit}, ${value}
    from unnest($2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::bigint[]) as bar(t, o, h, l, c, v)
    ${conflictClause[existing]}`;
  let changed = 0;
  for (let start = 0; start < bars.length; start += BATCH_ROWS) {
    const cut = (column: Float64Array) => Array.from(column.subarray(start, start + BATCH_ROWS));
    const columns = [bars.time, bars.open, bars.high, bars.low, bars.close, bars.volume].map(cut);
    const {rowCount} = await db.query(sql, [contractId, ...columns]);
    changed += rowCount ?? 0;
  }
  return changed;
}

/** @throws {RangeError} if a volume is not whole: the column is a bigint */
export function assertWholeVolume({volume}: BarSeries): void {
  const odd = volume.findIndex((each) => !Number.isSafeInteger(each));
  if (odd >= 0) throw new RangeError(`volume not whole at ${odd}: ${volume[odd]}`);
}
