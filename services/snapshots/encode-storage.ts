import type {ColumnSource} from "hyparquet-writer";
import type {ColumnSpec} from "./schema.js";

/** Rows of a row group: what DuckDB itself uses. */
export const rowGroupRows = 122_880;
const largestDictionary = 2 ** 16;

/**
 * How a column lies in the file. Times in differences, and numbers that repeat (prices on a grid of ticks) as indexes
 * into a dictionary: both are packed to the bit, so that compressing them again costs reading time and saves nothing.
 * Other numbers plain, under Snappy.
 */
export function storageOf(
  {type, optional}: ColumnSpec,
  data: ColumnSource["data"]
): Pick<ColumnSource, "encoding" | "codec"> {
  if (optional || type === "text" || data.length === 0) return {};
  if (type === "time") return {encoding: "DELTA_BINARY_PACKED", codec: "UNCOMPRESSED"};
  return repeats(data) ? {encoding: "RLE_DICTIONARY", codec: "UNCOMPRESSED"} : {encoding: "PLAIN"};
}

/** Whether dictionaries, one to a row group, and indexes take at most half of what the values do. */
function repeats(data: ArrayLike<unknown>): boolean {
  const limit = Math.min(largestDictionary, data.length / 2);
  const distinct = new Set<unknown>();
  for (let i = 0; i < data.length && distinct.size <= limit; ++i) distinct.add(data[i]);
  if (distinct.size > limit) return false;
  const groups = Math.ceil(data.length / rowGroupRows);
  const indexBytes = (data.length * Math.ceil(Math.log2(distinct.size + 1))) / 8;
  return groups * distinct.size * 8 + indexBytes <= data.length * 4;
}
