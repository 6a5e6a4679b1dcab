import {mkdir, utimes} from "node:fs/promises";
import {join} from "node:path";
import type {Catalog, Dataset} from "../domain/dataset.js";
import {assertDatasetId} from "./dataset-id.js";
import {readColumns} from "./read-columns.js";
import {SnapshotError} from "./snapshot-error.js";
import {adoptFile, judgeFile} from "./store-adopt.js";
import {formatCatalog, parseCatalog} from "./store-catalog.js";
import {readWhole, removeTemps, writeWhole} from "./store-files.js";
import {reconcile} from "./store-heal.js";
import {lockStore} from "./store-lock.js";

/** A snapshot as the store holds it: its bytes, proved to be those that were written, and its lineage. */
export interface StoredSnapshot {
  readonly bytes: ArrayBuffer;
  readonly dataset: Dataset;
}

/** The snapshots below a folder, to be read. Any number of readers may run beside one writer. */
export interface SnapshotStore {
  readonly root: string;
  /** The file of a data set, whether it exists or not. */
  path(id: string): string;
  /**
   * All data sets by id, as the catalogue states them; none where there is no store yet.
   *
   * @throws {SnapshotError} SNAPSHOT_DAMAGED if the catalogue cannot be read
   */
  catalog(): Promise<Catalog>;
  /**
   * A data set, its bytes checked against the catalogue, or against the file's own seal where a crash came between
   * the two.
   *
   * @throws {SnapshotError} SNAPSHOT_MISSING or SNAPSHOT_DAMAGED, with what to run
   */
  read(id: string): Promise<StoredSnapshot>;
}

/** A store that this process alone may write to, until closed. */
export interface SnapshotWriter extends SnapshotStore {
  /** What was found wrong and mended on opening, in plain words. */
  readonly healed: readonly string[];
  /** Files that are not what was written, by id, with the reason; they stay until a good pull replaces them. */
  readonly damaged: ReadonlyMap<string, string>;
  /**
   * Puts a file in place of the one that stands, whole or not at all, and enters it in the catalogue.
   *
   * @param bytes a Parquet file that carries its lineage
   * @param readBack reads the file again before it is put in place; throws where it cannot
   * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not a whole snapshot of *id*
   */
  write(id: string, bytes: ArrayBuffer, readBack?: (bytes: ArrayBuffer) => Promise<unknown>): Promise<Dataset>;
  /** Marks the catalogue as looked at, at *time*, without changing a byte of it. */
  touch(time: number): Promise<void>;
  close(): Promise<void>;
}

const advice = "run: npm run snapshot";

/** The snapshots below *root*, to be read. */
export function openStore(root: string): SnapshotStore {
  return createReader(root, () => readCatalog(root));
}

function createReader(root: string, catalog: () => Promise<Catalog>): SnapshotStore {
  const path = (id: string) => {
    assertDatasetId(id);
    return join(root, `${id}.parquet`);
  };
  const read = async (id: string): Promise<StoredSnapshot> => {
    const bytes = await readWhole(path(id));
    if (bytes === undefined) throw new SnapshotError("SNAPSHOT_MISSING", `no snapshot of ${id} in ${root}: ${advice}`);
    const entry = (await catalog().catch(ignoreDamage))?.datasets.find((dataset) => dataset.id === id);
    try {
      return {bytes, dataset: judgeFile(id, bytes, entry)};
    } catch (error) {
      throw toDamaged(path(id), error);
    }
  };
  return {root, path, catalog, read};
}

/**
 * The snapshots below *root*, to be written by this process alone. Leftovers of a writer that was killed are removed,
 * and the catalogue is brought into step with the files.
 *
 * @throws {SnapshotError} SNAPSHOT_LOCKED if another process writes
 */
export async function openStoreForWriting(root: string): Promise<SnapshotWriter> {
  await mkdir(root, {recursive: true});
  const lock = await lockStore(root);
  try {
    return await createWriter(root, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function createWriter(root: string, close: () => Promise<void>): Promise<SnapshotWriter> {
  const left = await removeTemps(root);
  const {datasets, healed, damaged} = await reconcile(root, await readCatalog(root).catch(ignoreDamage));
  const saveCatalog = async () => {
    const text = formatCatalog({version: 1, datasets: [...datasets.values()]});
    const held = await readWhole(catalogPath(root));
    if (held === undefined || new TextDecoder().decode(held) !== text) await writeWhole(catalogPath(root), text);
  };
  await saveCatalog();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = last.then(task);
    last = done.catch(() => undefined);
    return done;
  };
  const store = createReader(root, async () => ({version: 1, datasets: [...datasets.values()]}));
  const write: SnapshotWriter["write"] = (id, bytes, readBack = readColumns) =>
    inTurn(async () => {
      const dataset = adoptFile(id, bytes);
      await readBack(bytes); // what cannot be read again is not put in place of what can
      await writeWhole(store.path(id), new Uint8Array(bytes));
      datasets.set(id, dataset);
      await saveCatalog();
      return dataset;
    });
  const touch = (time: number) => inTurn(() => utimes(catalogPath(root), time / 1000, time / 1000));
  return {
    ...store,
    healed: [...left.map((file) => `removed ${file}, left by a job that was stopped`), ...healed],
    damaged,
    write,
    touch,
    close: () => inTurn(close)
  };
}

function catalogPath(root: string): string {
  return join(root, "catalog.json");
}

async function readCatalog(root: string): Promise<Catalog> {
  const bytes = await readWhole(catalogPath(root));
  return bytes === undefined ? {version: 1, datasets: []} : parseCatalog(new TextDecoder().decode(bytes));
}

function ignoreDamage(error: unknown): undefined {
  if (!(error instanceof SnapshotError)) throw error;
}

function toDamaged(path: string, cause: unknown): SnapshotError {
  const message = `${path}: damaged: ${cause instanceof Error ? cause.message : cause}; ${advice}`;
  return new SnapshotError("SNAPSHOT_DAMAGED", message, {cause});
}
