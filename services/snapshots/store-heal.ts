import {join} from "node:path";
import type {Catalog, Dataset} from "../domain/dataset.js";
import {judgeFile} from "./store-adopt.js";
import {listFiles, readWhole} from "./store-files.js";

/** What a store holds, after its catalogue was compared with its files. */
export interface Reconciled {
  readonly datasets: Map<string, Dataset>;
  /** What had to be mended, in plain words. */
  readonly healed: readonly string[];
  /** Why a file is not what was written, by id. */
  readonly damaged: Map<string, string>;
}

/**
 * Brings a catalogue into step with the files: an entry whose file has another SHA-256 is made anew from the lineage
 * in the file if the file proves whole; an entry without a file is dropped; a file without an entry is taken in.
 *
 * @param catalog `undefined` where it could not be read: all is then made anew
 */
export async function reconcile(root: string, catalog: Catalog | undefined): Promise<Reconciled> {
  const healed = catalog === undefined ? ["catalog.json could not be read: made anew from the files"] : [];
  const entries = new Map(catalog?.datasets.map((dataset) => [dataset.id, dataset]));
  const datasets = new Map<string, Dataset>();
  const damaged = new Map<string, string>();
  for (const file of (await listFiles(root)).filter((name) => name.endsWith(".parquet"))) {
    const id = file.slice(0, -".parquet".length);
    const bytes = (await readWhole(join(root, file)))!;
    const entry = entries.get(id);
    try {
      const dataset = judgeFile(id, bytes, entry);
      datasets.set(id, dataset);
      if (dataset !== entry && catalog !== undefined) healed.push(`${id}: entered in the catalogue from its file`);
    } catch (error) {
      damaged.set(id, (error as Error).message);
    }
  }
  for (const id of entries.keys())
    if (!datasets.has(id) && !damaged.has(id)) healed.push(`${id}: its file is gone; dropped from the catalogue`);
  return {datasets, healed, damaged};
}
