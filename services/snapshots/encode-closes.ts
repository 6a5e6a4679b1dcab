import type {InstrumentId} from "../domain/instrument.js";
import {type EncodeOptions, encodeParquet} from "./encode-parquet.js";
import type {CloseSeries} from "./read-closes.js";
import {closesSchema} from "./schema.js";

/** Daily closes of several instruments as one Parquet file, an instrument after another, oldest first. */
export function encodeCloses(closes: ReadonlyMap<InstrumentId, CloseSeries>, options: EncodeOptions): ArrayBuffer {
  const instrument: string[] = [];
  const time: number[] = [];
  const close: number[] = [];
  for (const [id, series] of closes)
    for (let i = 0; i < series.length; ++i) {
      instrument.push(id);
      time.push(series.time[i]!);
      close.push(series.close[i]!);
    }
  return encodeParquet(closesSchema, {instrument, time, close}, options);
}
