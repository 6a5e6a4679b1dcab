import {type FileMetaData, parquetMetadata} from "hyparquet";
import {checkFooter} from "./page-header.js";
import {checkSeal} from "./seal.js";
import {SnapshotError} from "./snapshot-error.js";

const magic = 0x31524150; // "PAR1"
const maximumRows = 2 ** 28;

/**
 * The footer of a Parquet file, seal aside, with what can be checked without reading its pages: both magic words, rows that add
 * up, and column chunks that lie inside the file.
 *
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not a whole Parquet file
 */
export function readFooter(buffer: ArrayBuffer): FileMetaData {
  if (!(buffer.byteLength >= 12)) throw damaged(`${buffer.byteLength} bytes`);
  const view = new DataView(buffer);
  if (view.getUint32(0, true) !== magic) throw damaged("it does not begin with PAR1");
  if (view.getUint32(buffer.byteLength - 4, true) !== magic) throw damaged("it does not end with PAR1");
  const end = buffer.byteLength - 8;
  const at = Math.max(4, end - view.getUint32(end, true));
  attempt(() => checkFooter({bytes: new Uint8Array(buffer), at, end}));
  const metadata = attempt(() => parquetMetadata(buffer, {geoparquet: false}));
  const fault = attempt(() => footerFault(metadata, buffer.byteLength));
  if (fault !== undefined) throw damaged(fault);
  return metadata;
}

function footerFault({num_rows, row_groups, schema}: FileMetaData, byteLength: number): string | undefined {
  if (!schema.every(({name}) => typeof name === "string")) return "a column has no name";
  if (!(num_rows >= 0n && num_rows <= maximumRows)) return `${num_rows} rows`;
  const rows = row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (rows !== num_rows) return `row groups hold ${rows} of ${num_rows} rows`;
  const columns = schema.filter(({type}) => type !== undefined).length;
  for (const {columns: chunks, num_rows: groupRows} of row_groups) {
    if (chunks.length !== columns) return `a row group holds ${chunks.length} of ${columns} columns`;
    for (const {meta_data} of chunks) {
      if (meta_data === undefined) return "a column chunk has no metadata";
      const start = meta_data.dictionary_page_offset ?? meta_data.data_page_offset;
      const end = start + meta_data.total_compressed_size;
      if (!(start >= 4n && end > start && end <= byteLength)) return `a column chunk lies at ${start} to ${end}`;
      if (meta_data.num_values !== groupRows) return `a column holds ${meta_data.num_values} of ${groupRows} rows`;
    }
  }
  return undefined;
}

/**
 * A file's own notes, as schema, data set id, zone, units and lineage, by the names of `metadataKeys`.
 *
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not a whole Parquet file, or not those that were sealed
 */
export function readMetadata(buffer: ArrayBuffer): ReadonlyMap<string, string> {
  assertUnbroken(buffer);
  return parseNotes(buffer);
}

/** `readMetadata` of bytes whose seal was checked already. */
export function parseNotes(buffer: ArrayBuffer): ReadonlyMap<string, string> {
  const footer = readFooter(buffer);
  return attempt(() => new Map((footer.key_value_metadata ?? []).map(({key, value = ""}) => [key, value])));
}

/** @throws {SnapshotError} SNAPSHOT_DAMAGED if a file that was sealed was changed since; others pass */
export function assertUnbroken(buffer: ArrayBuffer): void {
  if (checkSeal(buffer) === "broken") throw brokenSeal();
}

/** The error of a file that is not what was sealed. */
export function brokenSeal(): SnapshotError {
  return damaged("its bytes are not those that were written");
}

/** Runs a reader that may meet any bytes, and says in one way that they are damaged. */
export function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw toDamaged(error);
  }
}

/** The error of a reader that met bytes it could not read. */
export function toDamaged(error: unknown): SnapshotError {
  if (error instanceof SnapshotError) return error;
  return damaged(error instanceof Error ? error.message : String(error), {cause: error});
}

function damaged(why: string, options?: ErrorOptions): SnapshotError {
  return new SnapshotError("SNAPSHOT_DAMAGED", `not a whole Parquet file: ${why}`, options);
}
