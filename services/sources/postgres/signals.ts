import type pg from "pg";
import type {Bar} from "../../domain/bar.js";
import {SourceError} from "../../domain/source-error.js";
import {type EpochMs, formatIso} from "../../domain/time.js";
import {isTimeframe, type Timeframe} from "../../domain/timeframe.js";
import {readCursor} from "./cursor.js";
import type {Queryable} from "./database.js";

/** A signal as an analyzer stored it. */
export interface DetectedSignal {
  readonly analyzer: string;
  readonly contractId: string;
  readonly timeframe: Timeframe;
  readonly type: string;
  /** The bar it sits on. */
  readonly time: EpochMs;
  /** When it could first be stated. */
  readonly triggerTime: EpochMs;
  /** `undefined` where the analyzer states none. */
  readonly price?: number;
  /** The bar it sits on, to be stored beside it. */
  readonly bar?: Bar;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Which stored signals to read: of one contract and timeframe, on bars with start ≤ time < end. */
export interface SignalsRequest {
  readonly contractId: string;
  readonly timeframe: Timeframe;
  readonly start: EpochMs;
  readonly end: EpochMs;
}

type Row = [string, string, string, string, number, number, number | null, unknown];

const selectSignals = `select analyzer_id, contract_id, timeframe, signal_type,
    (extract(epoch from timestamp) * 1000)::float8, (extract(epoch from trigger_timestamp) * 1000)::float8,
    signal_price::float8, details
  from detected_signals
  where contract_id = $1 and timeframe = $2
    and timestamp >= to_timestamp($3::float8 / 1000) and timestamp < to_timestamp($4::float8 / 1000)
  order by timestamp, analyzer_id, signal_type`;

/**
 * Signals that sit on bars of a range, in order of time, some thousand at once.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming the signal whose price or details are not what they should be
 */
export async function* readSignals(client: pg.ClientBase, request: SignalsRequest): AsyncGenerator<DetectedSignal[]> {
  const {contractId, timeframe, start, end} = request;
  const rows = readCursor<Row>(client, selectSignals, [contractId, timeframe, start, end]);
  for await (const some of rows) yield some.map(toSignal);
}

function toSignal([analyzer, contractId, timeframe, type, time, triggerTime, price, details]: Row): DetectedSignal {
  const fail = (what: string) =>
    new SourceError(
      "SOURCE_BAD_DATA",
      `detected_signals ${analyzer} ${contractId} ${formatIso(time)} ${type}: ${what}`
    );
  if (!isTimeframe(timeframe)) throw fail(`invalid timeframe: ${timeframe}`);
  if (price !== null && !Number.isFinite(price)) throw fail(`invalid price: ${price}`);
  if (details !== null && (typeof details !== "object" || Array.isArray(details))) throw fail("details are no object");
  const fields = {analyzer, contractId, timeframe, type, time: Math.round(time), triggerTime: Math.round(triggerTime)};
  const signal = {...fields, details: (details ?? {}) as Readonly<Record<string, unknown>>};
  return price === null ? signal : {...signal, price};
}

/**
 * Stores signals; one that is there already (same analyzer, contract, timeframe, time and type) stays as it was.
 *
 * @returns how many were new
 */
export async function insertSignals(db: Queryable, signals: readonly DetectedSignal[]): Promise<number> {
  const all = <T>(value: (signal: DetectedSignal) => T) => signals.map(value);
  const {rowCount} = await db.query(
    `insert into detected_signals
      (analyzer_id, contract_id, timeframe, signal_type, timestamp, trigger_timestamp, signal_price, details,
        signal_open, signal_high, signal_low, signal_close, signal_volume)
    select a, c, f, s, to_timestamp(t / 1000), to_timestamp(k / 1000), p, d::jsonb, bo, bh, bl, bc, bv
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::float8[], $8::text[],
        $9::float8[], $10::float8[], $11::float8[], $12::float8[], $13::bigint[])
      as signal(a, c, f, s, t, k, p, d, bo, bh, bl, bc, bv)
    on conflict do nothing`,
    [
      all(({analyzer}) => analyzer),
      all(({contractId}) => contractId),
      all(({timeframe}) => timeframe),
      all(({type}) => type),
      all(({time}) => time),
      all(({triggerTime}) => triggerTime),
      all(({price}) => price ?? null),
      all(({details}) => JSON.stringify(details)),
      ...(["open", "high", "low", "close"] as const).map((name) => all(({bar}) => bar?.[name] ?? null)),
      all(({bar}) => (bar ? Math.round(bar.volume) : null))
    ]
  );
  return rowCount ?? 0;
}
