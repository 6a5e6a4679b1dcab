import {rmSync} from "node:fs";
import type {BarSeries} from "../../services/domain/bar.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readColumns} from "../../services/snapshots/read-columns.js";
import {openDuckDb} from "../snapshots/duckdb.js";
import {sampleBars} from "../snapshots/samples.js";
import {type Bench, compare, type Row} from "./measure.js";

const length = 50_000;

/** Reading bars as a page does, beside the same rows as DuckDB writes them: in OPTIONAL columns. */
export default {
  name: "parquet",
  async run(): Promise<readonly Row[]> {
    const ours = encodeBars(marketBars(), {id: "bars/X-Y/1m"});
    const theirs = await rewriteByDuckDb(ours);
    const row = await compare({
      path: "Parquet read, six columns of bars",
      unit: "ns/row",
      perMs: 1e6 / length,
      ours: () => readBars(ours),
      peer: "OPTIONAL columns by DuckDB",
      theirs: () => readColumns(theirs),
      least: 4,
      rounds: 21
    });
    return [row];
  },
  async check() {
    const ours = encodeBars(marketBars(), {id: "bars/X-Y/1m"});
    const [bars, {columns}] = [await readBars(ours), await readColumns(await rewriteByDuckDb(ours))];
    for (const name of ["time", "open", "high", "low", "close", "volume"] as const)
      if (!bars[name].every((value, i) => value === columns[name]![i])) throw new Error(`${name} differs`);
  }
} satisfies Bench;

/** A walk on a grid of ticks, as a market's prices are. */
function marketBars(): BarSeries {
  const bars = sampleBars(length, {base: 1.17});
  let [seed, level] = [1, 117_000];
  const step = (ticks: number) => {
    seed = (seed * 48271) % 2147483647;
    return Math.round((seed / 2147483647 - 0.5) * ticks);
  };
  for (let i = 0; i < length; ++i) {
    const open = level;
    level += step(20) + Math.round((117_000 - level) / 500);
    const [top, bottom] = [Math.max(open, level) + Math.abs(step(6)), Math.min(open, level) - Math.abs(step(6))];
    bars.open[i] = open / 1e5;
    bars.close[i] = level / 1e5;
    bars.high[i] = top / 1e5;
    bars.low[i] = bottom / 1e5;
    bars.volume[i] = 20 + Math.abs(step(300));
  }
  return bars;
}

async function rewriteByDuckDb(file: ArrayBuffer): Promise<ArrayBuffer> {
  const database = await openDuckDb();
  database.registerFileBuffer("ours.parquet", new Uint8Array(file));
  database.connect().query("copy (from 'ours.parquet') to 'theirs.parquet' (format parquet)");
  const theirs = new Uint8Array(database.copyFileToBuffer("theirs.parquet")).buffer;
  rmSync("theirs.parquet", {force: true}); // under Node its files are real ones
  return theirs;
}
