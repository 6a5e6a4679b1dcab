import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {sampleBars, sampleDataset} from "./samples.js";

export const versionIds = ["bars/MT5-EURUSD/1m", "bars/MT5-EURUSD/1d", "bars/NSE-INFY/1m"];

/** A data set that says which version it is: in its lineage, and by its first volume. */
export function encodeVersion(id: string, version: number): ArrayBuffer {
  const bars = sampleBars(200 + (version % 300));
  bars.volume[0] = version;
  return encodeBars(bars, {id, lineage: sampleDataset({id, rows: bars.length, durationMs: version})});
}
