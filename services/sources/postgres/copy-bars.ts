import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import type pg from "pg";
import {from as copyFrom} from "pg-copy-streams";
import type {BarSeries} from "../../domain/bar.js";
import type {Timeframe} from "../../domain/timeframe.js";
import {assertWholeVolume} from "./insert-bars.js";
import {timeframeKey} from "./schema.js";

const CHUNK_ROWS = 4_096;
const columns = "contract_id, timestamp, open, high, low, close, volume, timeframe_unit, timeframe_value";
/** `PGCOPY\n\377\r\n\0`, no flags, no header extension. */
const signature = Uint8Array.of(0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0);
const trailer = Uint8Array.of(0xff, 0xff);
/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

/**
 * Loads bars in bulk by binary COPY: for a history that is not there yet. Some five times as fast as `insertBars`.
 *
 * @param client a connection, in a transaction of the caller's or alone
 * @param contractId the instrument's name in the database
 * @throws {RangeError} if a volume is not whole; a database error (23505) if a bar is there, and then none is loaded
 */
export async function copyBars(
  client: pg.ClientBase,
  contractId: string,
  timeframe: Timeframe,
  bars: BarSeries
): Promise<void> {
  assertWholeVolume(bars);
  const stream = client.query(copyFrom(`copy ohlc_bars (${columns}) from stdin (format binary)`));
  await pipeline(Readable.from(encodeRows(contractId, timeframe, bars)), stream);
}

/** Rows as PostgreSQL's binary COPY has them, some thousand to a chunk. */
function* encodeRows(contractId: string, timeframe: Timeframe, bars: BarSeries): Generator<Uint8Array> {
  const id = new TextEncoder().encode(contractId);
  const {unit, value} = timeframeKey(timeframe);
  yield signature;
  for (let start = 0; start < bars.length; start += CHUNK_ROWS) {
    const end = Math.min(start + CHUNK_ROWS, bars.length);
    yield encodeChunk(id, unit, value, bars, start, end);
  }
  yield trailer;
}

function encodeChunk(
  id: Uint8Array,
  unit: number,
  value: number,
  bars: BarSeries,
  start: number,
  end: number
): Uint8Array {
  const rowBytes = 2 + (4 + id.length) + 6 * (4 + 8) + 2 * (4 + 4);
  const bytes = new Uint8Array((end - start) * rowBytes);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const double = (number: number) => {
    view.setInt32(at, 8);
    view.setFloat64(at + 4, number);
    at += 12;
  };
  const long = (number: number) => {
    view.setInt32(at, 8);
    // 64 bits without BigInt, which would cost a tenth of the load.
    const high = Math.floor(number / 2 ** 32);
    view.setInt32(at + 4, high);
    view.setUint32(at + 8, number - high * 2 ** 32);
    at += 12;
  };
  const int = (number: number) => {
    view.setInt32(at, 4);
    view.setInt32(at + 4, number);
    at += 8;
  };
  for (let i = start; i < end; ++i) {
    view.setInt16(at, 9);
    view.setInt32(at + 2, id.length);
    bytes.set(id, at + 6);
    at += 6 + id.length;
    long((bars.time[i]! - POSTGRES_EPOCH_MS) * 1000);
    double(bars.open[i]!);
    double(bars.high[i]!);
    double(bars.low[i]!);
    double(bars.close[i]!);
    long(bars.volume[i]!);
    int(unit);
    int(value);
  }
  return bytes;
}
