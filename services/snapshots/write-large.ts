import {join} from "node:path";
import {type EncodeOptions, notesOf} from "./encode-parquet.js";
import {metadataKeys, type SnapshotSchema} from "./schema.js";
import {applySeal, blankSeal} from "./seal.js";
import {readWhole} from "./store-files.js";
import {quoteName, quoteText, type Workbench} from "./with-duckdb.js";

/**
 * What queries give, one after another, as a large Parquet file of one schema: Parquet 2 under Zstandard, in the order
 * of the rows, with its notes and seal. The same rows give the same bytes. Its columns are OPTIONAL: it is for SQL, in a
 * page by DuckDB's browser build, and not for `readColumns`, which has no Zstandard.
 *
 * @param selects each gives the schema's columns, by their names and in their order; none is a file without rows
 */
export async function writeLarge(
  {connection, folder}: Workbench,
  selects: readonly string[],
  schema: SnapshotSchema,
  options: EncodeOptions
): Promise<ArrayBuffer> {
  const rows = selects.length > 0 ? selects.join(" union all ") : selectNone(schema);
  const notes = Object.entries({...notesOf(schema, options), [metadataKeys.seal]: blankSeal});
  const metadata = notes.map(([key, value]) => `${quoteName(key)}: ${quoteText(value)}`).join(", ");
  const file = join(folder, "large.parquet");
  await connection.run(
    `copy (${rows}) to ${quoteText(file)} (format parquet, parquet_version v2, compression zstd, kv_metadata {${metadata}})`
  );
  const buffer = (await readWhole(file))!;
  applySeal(buffer);
  return buffer;
}

const sqlTypes = {text: "varchar", number: "double", count: "bigint", time: "timestamp_ms"} as const;

function selectNone({columns}: SnapshotSchema): string {
  return `select ${columns.map(({name, type}) => `null::${sqlTypes[type]} as ${quoteName(name)}`).join(", ")} where false`;
}
