import {assertBars, type BarSeries, barColumns} from "../domain/bar.js";
import type {InstrumentId} from "../domain/instrument.js";
import {type EncodeOptions, encodeParquet} from "./encode-parquet.js";
import {allBarsSchema} from "./schema.js";

/**
 * Bars of several instruments as one Parquet file, an instrument after another, oldest first.
 *
 * @throws {RangeError} naming the row if a bar makes no sense or times do not rise
 */
export function encodeAllBars(bars: ReadonlyMap<InstrumentId, BarSeries>, options: EncodeOptions): ArrayBuffer {
  const parts = [...bars.values()];
  parts.forEach(assertBars);
  const instrument = [...bars].flatMap(([id, {length}]) => new Array<string>(length).fill(id));
  const columns = barColumns.map((name) => [name, joined(parts.map((part) => part[name]))] as const);
  return encodeParquet(allBarsSchema, {instrument, ...Object.fromEntries(columns)}, options);
}

function joined(columns: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(columns.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    whole.set(column, at);
    at += column.length;
  }
  return whole;
}
