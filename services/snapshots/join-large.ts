import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {EncodeOptions} from "./encode-parquet.js";
import {readFooter} from "./read-metadata.js";
import {readNotes} from "./read-snapshot.js";
import type {ColumnSpec, SnapshotSchema} from "./schema.js";
import {quoteName, quoteText, withDuckDb} from "./with-duckdb.js";
import {writeLarge} from "./write-large.js";

/** A snapshot's whole file, as one part of a table of many. */
export interface FilePart {
  readonly bytes: ArrayBuffer;
  /** What the table's rows of this part say beside the file's own columns, as its instrument. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What is joined, and how much of it. */
export interface JoinOptions extends EncodeOptions {
  /** The kind of the parts' files. */
  readonly from: SnapshotSchema;
  /** Of each part the last rows alone, at most so many; all where it is not stated. */
  readonly lastRows?: number;
}

/**
 * Files of one kind as one large Parquet file, one after another and each in its order, as `writeLarge` writes it. DuckDB
 * reads and writes them, so that no row is held here.
 *
 * @param schema the table's: columns of the files, and the parts' texts
 * @throws {SnapshotError} SNAPSHOT_DAMAGED or SNAPSHOT_SCHEMA if a part is not a whole file of its kind
 */
export async function joinLarge(
  schema: SnapshotSchema,
  parts: readonly FilePart[],
  {from, lastRows, ...options}: JoinOptions
): Promise<ArrayBuffer> {
  return withDuckDb(async (workbench) => {
    const selects: string[] = [];
    for (const [i, {bytes, texts}] of parts.entries()) {
      readNotes(bytes, from);
      const file = join(workbench.folder, `part${i}.parquet`);
      await writeFile(file, new Uint8Array(bytes));
      const columns = schema.columns.map((spec) => selectOf(spec, texts)).join(", ");
      selects.push(`(select ${columns} from read_parquet(${quoteText(file)})${lastOf(bytes, lastRows)})`);
    }
    return writeLarge(workbench, selects, schema, options);
  });
}

function lastOf(bytes: ArrayBuffer, lastRows = Infinity): string {
  const skipped = Number(readFooter(bytes).num_rows) - lastRows;
  return skipped > 0 ? ` offset ${skipped}` : "";
}

function selectOf({name, type}: ColumnSpec, texts: Readonly<Record<string, string>>): string {
  const column = quoteName(name);
  if (texts[name] !== undefined) return `${quoteText(texts[name])} as ${column}`;
  return type === "time" ? `${column}::timestamp_ms as ${column}` : column;
}
