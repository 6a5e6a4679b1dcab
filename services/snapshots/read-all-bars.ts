import {assertBars, type BarSeries, sliceBars} from "../domain/bar.js";
import {type InstrumentId, parseInstrumentId} from "../domain/instrument.js";
import {attempt} from "./read-metadata.js";
import {readSnapshot} from "./read-snapshot.js";
import {createRows} from "./rows.js";
import {allBarsSchema} from "./schema.js";

/**
 * Bars of several instruments by instrument, each oldest first.
 *
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not whole or the bars make no sense; SNAPSHOT_SCHEMA if the
 * file holds something else
 */
export async function readAllBars(buffer: ArrayBuffer): Promise<ReadonlyMap<InstrumentId, BarSeries>> {
  const read = await readSnapshot(buffer, allBarsSchema);
  return attempt(() => {
    const rows = createRows(read);
    const all = read as unknown as {readonly columns: Omit<BarSeries, "length">};
    const series = {length: read.length, ...all.columns};
    const bars = new Map<InstrumentId, BarSeries>();
    for (let start = 0, end = 0; start < rows.length; start = end) {
      const instrument = rows.text("instrument", start);
      while (end < rows.length && rows.text("instrument", end) === instrument) ++end;
      const {venue, symbol} = parseInstrumentId(instrument);
      const own = sliceBars(series, start, end);
      assertBars(own);
      bars.set(`${venue}:${symbol}`, own);
    }
    return bars;
  });
}
