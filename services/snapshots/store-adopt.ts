import type {Dataset} from "../domain/dataset.js";
import {brokenSeal, parseNotes} from "./read-metadata.js";
import {metadataKeys} from "./schema.js";
import {checkSeal} from "./seal.js";
import {SnapshotError} from "./snapshot-error.js";
import {parseLineage} from "./store-catalog.js";
import {sha256} from "./store-files.js";

/**
 * The catalogue entry of a file, from the lineage that it carries, once its seal has proved that no byte was changed.
 *
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the file is not whole, not what was written, not ours, or not *id*
 */
export function adoptFile(id: string, bytes: ArrayBuffer): Dataset {
  if (checkSeal(bytes) === "broken") throw brokenSeal();
  const text = parseNotes(bytes).get(metadataKeys.lineage);
  if (text === undefined || checkSeal(bytes) === "none")
    throw new SnapshotError("SNAPSHOT_DAMAGED", "it bears no lineage and seal: not a file of this store");
  const lineage = parseLineage(text);
  if (lineage.id !== id) throw new SnapshotError("SNAPSHOT_DAMAGED", `the file says it is ${lineage.id}`);
  return {...lineage, sha256: sha256(bytes), bytes: bytes.byteLength};
}

/**
 * A file's entry: the catalogue's where the bytes are those it names, else one made from the file, as after a crash
 * between the two.
 *
 * @param entry what the catalogue says of it, if anything
 * @throws {SnapshotError} SNAPSHOT_DAMAGED as `adoptFile`
 */
export function judgeFile(id: string, bytes: ArrayBuffer, entry: Dataset | undefined): Dataset {
  const found = adoptFile(id, bytes);
  return entry?.sha256 === found.sha256 ? entry : found;
}
