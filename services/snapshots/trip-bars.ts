import {assertBars, type BarSeries, barColumns, sliceBars} from "../domain/bar.js";
import {type InstrumentId, parseInstrumentId} from "../domain/instrument.js";
import {isTimeframe, type Timeframe} from "../domain/timeframe.js";
import {type EncodeOptions, encodeParquet} from "./encode-parquet.js";
import {attempt} from "./read-metadata.js";
import {readSnapshot} from "./read-snapshot.js";
import {createRows} from "./rows.js";
import {tripBarsSchema} from "./schema.js";

/** Bars of one instrument and timeframe that lie around round trips, oldest first; there are holes between trips. */
export interface TripBars {
  readonly instrument: InstrumentId;
  readonly timeframe: Timeframe;
  readonly bars: BarSeries;
}

/**
 * Bars around round trips as one Parquet file.
 *
 * @throws {RangeError} naming the row if a bar makes no sense or times do not rise
 */
export function encodeTripBars(parts: readonly TripBars[], options: EncodeOptions): ArrayBuffer {
  for (const {bars} of parts) assertBars(bars);
  const text = (of: (part: TripBars) => string) =>
    parts.flatMap((part) => new Array<string>(part.bars.length).fill(of(part)));
  const columns = barColumns.map((name) => [name, parts.flatMap(({bars}) => Array.from(bars[name]))] as const);
  return encodeParquet(
    tripBarsSchema,
    {
      instrument: text(({instrument}) => instrument),
      timeframe: text(({timeframe}) => timeframe),
      ...Object.fromEntries(columns)
    },
    options
  );
}

/**
 * The bars that `encodeTripBars` wrote.
 *
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not whole or the bars make no sense; SNAPSHOT_SCHEMA if the
 * file holds something else
 */
export async function readTripBars(buffer: ArrayBuffer): Promise<readonly TripBars[]> {
  const read = await readSnapshot(buffer, tripBarsSchema);
  return attempt(() => {
    const rows = createRows(read);
    const series = {length: read.length, ...(read as unknown as {columns: Omit<BarSeries, "length">}).columns};
    const parts: TripBars[] = [];
    for (let start = 0, end = 0; start < rows.length; start = end) {
      const [id, timeframe] = [rows.text("instrument", start), rows.text("timeframe", start)];
      while (end < rows.length && rows.text("instrument", end) === id && rows.text("timeframe", end) === timeframe)
        ++end;
      const {venue, symbol} = parseInstrumentId(id);
      if (!isTimeframe(timeframe)) throw new RangeError(`invalid timeframe at row ${start}: ${timeframe}`);
      const bars = sliceBars(series, start, end);
      assertBars(bars);
      parts.push({instrument: `${venue}:${symbol}`, timeframe, bars});
    }
    return parts;
  });
}
