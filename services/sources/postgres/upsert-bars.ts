import type {Bar} from "../../domain/bar.js";
import type {Timeframe} from "../../domain/timeframe.js";
import type {Queryable} from "./database.js";
import {barPayload} from "./payloads.js";
import {timeframeKey} from "./schema.js";

/** A final bar of any contract and timeframe, on its way into the database. */
export interface BarRow {
  readonly contractId: string;
  readonly timeframe: Timeframe;
  readonly bar: Bar;
  /** Whether it takes the place of one that is there; a bar stands as it was first stored otherwise. */
  readonly isCorrection: boolean;
}

const isOther = `(ohlc_bars.open, ohlc_bars.high, ohlc_bars.low, ohlc_bars.close, ohlc_bars.volume)
    is distinct from (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)`;
const conflictClause = {
  keep: "nothing",
  correct: `update set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    volume = excluded.volume where ${isOther}`
};

function upsertSql(existing: keyof typeof conflictClause): string {
  return `with given as (
      select * from unnest($1::text[], $2::int[], $3::int[], $4::float8[], $5::float8[], $6::float8[], $7::float8[],
        $8::float8[], $9::bigint[], $10::text[]) as bar(contract_id, timeframe_unit, timeframe_value, t, o, h, l, c, v, payload)
    ), stored as (
      insert into ohlc_bars (contract_id, timestamp, open, high, low, close, volume, timeframe_unit, timeframe_value)
      select contract_id, to_timestamp(t / 1000), o, h, l, c, v, timeframe_unit, timeframe_value from given
      on conflict (contract_id, timestamp, timeframe_unit, timeframe_value) do ${conflictClause[existing]}
      returning contract_id, timestamp, timeframe_unit, timeframe_value
    )
    select pg_notify('ohlc_update', payload)
    from stored join given using (contract_id, timeframe_unit, timeframe_value)
    where timestamp = to_timestamp(t / 1000)`;
}

/**
 * Stores final bars of many contracts, columns at a time, and notifies `ohlc_update` of each that is new or corrected,
 * with the transaction that stores it. A bar that is there already stays, and nobody is told: storing twice is once.
 *
 * @param db a client within a transaction of the caller's: it is two statements
 * @param rows in order; of several of one bar the last correction is stored, or else the first
 * @returns how many were new or changed
 */
export async function upsertBars(db: Queryable, rows: readonly BarRow[]): Promise<number> {
  const unique = new Map<string, BarRow>();
  for (const row of rows) {
    const key = `${row.contractId} ${row.timeframe} ${row.bar.time}`;
    if (row.isCorrection || !unique.has(key)) unique.set(key, row);
  }
  const all = [...unique.values()];
  const kept = await upsert(
    db,
    all.filter(({isCorrection}) => !isCorrection),
    "keep"
  );
  return (
    kept +
    (await upsert(
      db,
      all.filter(({isCorrection}) => isCorrection),
      "correct"
    ))
  );
}

async function upsert(db: Queryable, rows: readonly BarRow[], existing: keyof typeof conflictClause): Promise<number> {
  if (rows.length === 0) return 0;
  const keys = rows.map(({timeframe}) => timeframeKey(timeframe));
  const column = (name: keyof Bar) => rows.map(({bar}) => bar[name]);
  const {rowCount} = await db.query(upsertSql(existing), [
    rows.map(({contractId}) => contractId),
    keys.map(({unit}) => unit),
    keys.map(({value}) => value),
    ...[column("time"), column("open"), column("high"), column("low"), column("close")],
    column("volume").map(Math.round), // the column holds whole numbers
    rows.map(barPayload)
  ]);
  return rowCount ?? 0;
}
