import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {sampleBars, sampleDataset} from "./samples.js";

export const fullId = "bars/MT5-EURUSD/1m";

/** A data set of some 100 kB that says which version it is by its first volume. */
export function encodeFull(version: number): ArrayBuffer {
  const bars = sampleBars(3_000);
  bars.volume[0] = version;
  return encodeBars(bars, {id: fullId, lineage: sampleDataset({id: fullId, rows: bars.length, durationMs: version})});
}
