import pRetry from "p-retry";
import type pg from "pg";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {SourceError} from "../../domain/source-error.js";
import {formatIso} from "../../domain/time.js";
import {timeframeMs} from "../../domain/timeframe.js";
import {createBarRows} from "../bar-rows.js";
import type {BarRequest, BarSource, SourcedBars} from "../bar-source.js";
import {barsBetween} from "../merge-bars.js";
import {toDatabaseError, withClient} from "./database.js";
import {readBars, readResampled, type StoredBar} from "./read-bars.js";
import {assertBucketsFit, timeframesToResample} from "./resample-source.js";

/** What the database is called, and by whose sessions it is resampled. */
export interface PostgresSourceOptions {
  /** The source's name in settings. */
  readonly name: string;
  /** By whose sessions bars are made of finer ones; without it they begin at whole multiples from midnight UTC. */
  calendarOf?(instrument: InstrumentId): TradingCalendar | undefined;
}

/**
 * A database's `ohlc_bars` as a source of bars; a symbol is a contract. Intraday bars that are not stored are made of
 * finer ones, with a warning that says of which.
 */
export function createPostgresSource(pool: pg.Pool, options: PostgresSourceOptions): BarSource {
  return {
    bars: (request, signal) =>
      pRetry(() => fetchBars(pool, options, request, signal), {
        retries: 3,
        minTimeout: 200,
        randomize: true,
        // A server that is just starting, or out of connections, may be ready a moment later.
        shouldRetry: ({error}) => error instanceof SourceError && error.code === "SOURCE_UNAVAILABLE",
        ...(signal === undefined ? {} : {signal})
      })
  };
}

async function fetchBars(
  pool: pg.Pool,
  options: PostgresSourceOptions,
  request: BarRequest,
  signal: AbortSignal | undefined
): Promise<SourcedBars> {
  try {
    return await withClient(pool, (client) => storedOrMade(client, options, request, signal));
  } catch (error) {
    signal?.throwIfAborted();
    throw toDatabaseError(error, options.name);
  }
}

async function storedOrMade(
  client: pg.PoolClient,
  {name, calendarOf}: PostgresSourceOptions,
  request: BarRequest,
  signal: AbortSignal | undefined
): Promise<SourcedBars> {
  const {instrument, symbol: contractId, timeframe, start, end} = request;
  const stored = await collectBars(readBars(client, {contractId, timeframe, start, end}), name, request, signal);
  if (stored.bars.length > 0) return stored;
  // A range may begin or end within a bar, which must be made of all its parts.
  const length = timeframeMs(timeframe);
  const [first, last] = [Math.floor(start / length) * length, Math.ceil(end / length) * length];
  for (const from of await timeframesToResample(client, contractId, timeframe)) {
    assertBucketsFit(calendarOf?.(instrument), timeframe, end, {name, contractId, from});
    const rows = readResampled(client, {contractId, timeframe, start: first, end: last}, from);
    const made = await collectBars(rows, name, request, signal);
    const words = `${name}: no ${timeframe} bars of ${contractId} are stored: they were made of ${from}`;
    if (made.bars.length > 0)
      return {...made, bars: barsBetween(made.bars, start, end), warnings: [...made.warnings, words]};
  }
  return stored;
}

async function collectBars(
  stored: AsyncIterable<StoredBar[]>,
  name: string,
  {symbol: contractId, timeframe}: BarRequest,
  signal: AbortSignal | undefined
): Promise<SourcedBars> {
  const bars = createBarRows();
  let withoutVolume = 0;
  for await (const rows of stored) {
    signal?.throwIfAborted();
    for (const row of rows) {
      if (row.volume === null) ++withoutVolume;
      const where = `${name}: ohlc_bars ${contractId} ${timeframe} ${formatIso(row.time)}`;
      bars.add({...row, volume: row.volume ?? 0}, where);
    }
  }
  const warnings = withoutVolume > 0 ? [`${name}: ${withoutVolume} bars of ${contractId} have no volume: it is 0`] : [];
  return {bars: bars.finish(), duplicateTimes: bars.duplicateTimes, warnings};
}
