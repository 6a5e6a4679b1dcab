import {type InstrumentId, parseInstrumentId} from "../domain/instrument.js";
import {attempt} from "./read-metadata.js";
import {readSnapshot} from "./read-snapshot.js";
import {createRows} from "./rows.js";
import {closesSchema} from "./schema.js";

/** Daily closes of one instrument, oldest first; `time` is when the session closed. */
export interface CloseSeries {
  readonly length: number;
  readonly time: Float64Array;
  readonly close: Float64Array;
}

/**
 * Daily closes by instrument.
 *
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not whole; SNAPSHOT_SCHEMA if the file holds something else
 */
export async function readCloses(buffer: ArrayBuffer): Promise<ReadonlyMap<InstrumentId, CloseSeries>> {
  const read = await readSnapshot(buffer, closesSchema);
  return attempt(() => {
    const rows = createRows(read);
    const closes = new Map<InstrumentId, CloseSeries>();
    for (let start = 0, end = 0; start < rows.length; start = end) {
      const instrument = rows.text("instrument", start);
      while (end < rows.length && rows.text("instrument", end) === instrument) ++end;
      const {venue, symbol} = parseInstrumentId(instrument);
      const cut = (name: string) => Float64Array.from({length: end - start}, (_, i) => rows.number(name, start + i));
      closes.set(`${venue}:${symbol}`, {length: end - start, time: cut("time"), close: cut("close")});
    }
    return closes;
  });
}
