/** Why a snapshot could not be read, written or joined to; each has its paragraph in `docs/snapshots.md`. */
export type SnapshotErrorCode =
  | "SNAPSHOT_MISSING" // the store holds no such data set
  | "SNAPSHOT_DAMAGED" // the bytes are not what was written
  | "SNAPSHOT_SCHEMA" // a whole Parquet file, but not of the kind that was asked for
  | "SNAPSHOT_LOCKED" // another job is writing to the store
  | "SNAPSHOT_REFUSED" // the content makes no sense, so nothing was stored
  | "SNAPSHOT_RESTATED"; // the source changed its whole history: a person must decide

/** A snapshot's failure: code, and a message that names the data set and what would do. */
export class SnapshotError extends Error {
  readonly code: SnapshotErrorCode;

  constructor(code: SnapshotErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SnapshotError";
    this.code = code;
  }
}
