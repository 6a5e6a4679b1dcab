import type pg from "pg";
import type {Bar} from "../../domain/bar.js";
import type {EpochMs} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";
import {readCursor} from "./cursor.js";
import {hasTimescale} from "./migrate.js";
import {timeframeKey} from "./schema.js";

/** Which stored bars to read: of one contract and timeframe, start ≤ time < end. */
export interface StoredBarsRequest {
  /** The instrument's name in the database. */
  readonly contractId: string;
  readonly timeframe: Timeframe;
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** A bar as stored; its volume may be unknown. */
export interface StoredBar extends Omit<Bar, "volume"> {
  readonly volume: number | null;
}

type Row = [string, number, number, number, number, number | null];

const selectBars = `select extract(epoch from timestamp) * 1000, open::float8, high::float8, low::float8, close::float8,
    volume::float8
  from ohlc_bars
  where contract_id = $1 and timeframe_unit = $2 and timeframe_value = $3
    and timestamp >= to_timestamp($4::float8 / 1000) and timestamp < to_timestamp($5::float8 / 1000)
  order by timestamp`;

/** Bars of a range in order of time, some thousand at once; see `readCursor`. */
export async function* readBars(client: pg.ClientBase, request: StoredBarsRequest): AsyncGenerator<StoredBar[]> {
  const {contractId, timeframe, start, end} = request;
  const {unit, value} = timeframeKey(timeframe);
  for await (const rows of readCursor<Row>(client, selectBars, [contractId, unit, value, start, end]))
    yield rows.map(toBar);
}

function toBar([time, open, high, low, close, volume]: Row): StoredBar {
  return {time: Math.round(Number(time)), open, high, low, close, volume};
}

/**
 * Bars of minutes or hours made in the database from finer ones: by `time_bucket` where TimescaleDB is, else by
 * `date_bin`, with the same result. Buckets begin at whole multiples from midnight UTC.
 *
 * @param from the timeframe that is stored
 */
export async function* readResampled(
  client: pg.ClientBase,
  {contractId, timeframe, start, end}: StoredBarsRequest,
  from: Timeframe
): AsyncGenerator<StoredBar[]> {
  const bucket = (await hasTimescale(client)) ? "time_bucket" : "date_bin";
  const {unit, value} = timeframeKey(from);
  const values = [contractId, unit, value, start, end, secondsOf(timeframe)];
  for await (const rows of readCursor<Row>(client, resampleSql(bucket), values)) yield rows.map(toBar);
}

function secondsOf(timeframe: Timeframe): number {
  const {unit, value} = timeframeKey(timeframe);
  if (!(unit <= 3))
    throw new RangeError(`only seconds, minutes and hours can be resampled in the database: ${timeframe}`);
  return value * [1, 60, 3600][unit - 1]!;
}

/** The query by either function, which differ in where they count from unless they are told. */
export function resampleSql(bucket: "time_bucket" | "date_bin"): string {
  const origin = "timestamptz '2000-01-01 00:00:00+00'";
  return `select extract(epoch from bucket) * 1000,
      (array_agg(open order by timestamp))[1]::float8, max(high)::float8, min(low)::float8,
      (array_agg(close order by timestamp desc))[1]::float8, sum(volume)::float8
    from (
      select ${bucket}(make_interval(secs => $6::float8), timestamp, ${origin}) as bucket, *
      from ohlc_bars
      where contract_id = $1 and timeframe_unit = $2 and timeframe_value = $3
        and timestamp >= to_timestamp($4::float8 / 1000) and timestamp < to_timestamp($5::float8 / 1000)
    ) as rows
    group by bucket order by bucket`;
}
