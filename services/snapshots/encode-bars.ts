import {assertBars, type BarSeries} from "../domain/bar.js";
import {type EncodeOptions, encodeParquet} from "./encode-parquet.js";
import {barsSchema} from "./schema.js";

/**
 * Bars as a Parquet file.
 *
 * @throws {RangeError} naming the row if a bar makes no sense or times do not rise
 */
export function encodeBars(bars: BarSeries, options: EncodeOptions): ArrayBuffer {
  assertBars(bars);
  const {time, open, high, low, close, volume} = bars;
  return encodeParquet(barsSchema, {time, open, high, low, close, volume}, options);
}
