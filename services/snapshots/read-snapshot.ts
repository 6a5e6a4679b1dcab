import {type Columns, decodeColumns} from "./read-columns.js";
import {brokenSeal, parseNotes} from "./read-metadata.js";
import {metadataKeys, type SnapshotSchema} from "./schema.js";
import {checkSeal} from "./seal.js";
import {SnapshotError} from "./snapshot-error.js";

/**
 * The notes of a snapshot of a kind, its seal checked first.
 *
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not those that were written; SNAPSHOT_SCHEMA if the file is of
 * another kind, or none of ours
 */
export function readNotes(buffer: ArrayBuffer, {name}: SnapshotSchema): ReadonlyMap<string, string> {
  const seal = checkSeal(buffer);
  if (seal === "broken") throw brokenSeal();
  const notes = parseNotes(buffer);
  const found = notes.get(metadataKeys.schema);
  if (found !== name)
    throw new SnapshotError("SNAPSHOT_SCHEMA", `not a snapshot of ${name}: ${found ?? "no schema named"}`);
  if (seal === "none") throw new SnapshotError("SNAPSHOT_DAMAGED", "its seal is gone");
  return notes;
}

/** The columns of a snapshot of a kind; errors as `readNotes`. */
export async function readSnapshot(buffer: ArrayBuffer, schema: SnapshotSchema): Promise<Columns> {
  readNotes(buffer, schema);
  return decodeColumns(
    buffer,
    schema.columns.map(({name}) => name)
  );
}
