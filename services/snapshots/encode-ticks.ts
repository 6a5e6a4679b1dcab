import {assertTicks, type TickSeries} from "../domain/tick-series.js";
import {encodeLarge} from "./encode-large.js";
import type {EncodeOptions} from "./encode-parquet.js";
import {ticksSchema} from "./schema.js";

/**
 * Ticks as a Parquet file: about three bytes a tick, and a second for ten million.
 *
 * @throws {RangeError} naming the row if a tick makes no sense or times fall
 */
export async function encodeTicks(ticks: TickSeries, options: EncodeOptions): Promise<ArrayBuffer> {
  assertTicks(ticks);
  const {time, bid, ask, last, volume} = ticks;
  return encodeLarge(ticksSchema, {time, bid, ask, last, volume}, options);
}
