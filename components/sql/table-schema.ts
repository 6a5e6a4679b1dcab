import {type FileMetaData, parquetMetadata, type SchemaElement} from "hyparquet";
import {metadataKeys} from "../../services/snapshots/schema.js";

/** A column as its file states it. */
export interface TableColumn {
  readonly name: string;
  /** DuckDB's name of the type. */
  readonly type: string;
  readonly isOptional: boolean;
  /** From the file's own notes; empty where it says nothing. */
  readonly unit: string;
}

/** A table as its file states it. */
export interface TableSchema {
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

const firstTailBytes = 2 ** 15;

/** Reads bytes `start` to `end` of a file whose length is `total`; from its end where `start` is negative. */
export type ReadTail = (bytes: number) => Promise<ArrayBuffer>;

/**
 * Columns, types, units and rows of a Parquet file, from its footer alone.
 *
 * @param readTail gives the last so many bytes, or the whole file if it is shorter
 * @throws {RangeError} if the bytes are not the end of a Parquet file
 */
export async function readSchema(readTail: ReadTail): Promise<TableSchema> {
  const first = await readTail(firstTailBytes);
  const need = footerBytes(first) + 8;
  return schemaOf(parquetMetadata(need > first.byteLength ? await readTail(need) : first, {geoparquet: false}));
}

function footerBytes(tail: ArrayBuffer): number {
  const view = new DataView(tail);
  const isParquet = tail.byteLength >= 12 && view.getUint32(tail.byteLength - 4, true) === 0x31524150; // "PAR1"
  if (!isParquet) throw new RangeError(`not the end of a Parquet file: ${tail.byteLength} bytes`);
  return view.getUint32(tail.byteLength - 8, true);
}

function schemaOf({schema, num_rows, key_value_metadata}: FileMetaData): TableSchema {
  const units = unitsOf(key_value_metadata?.find(({key}) => key === metadataKeys.units)?.value);
  const columns = schema.slice(1).filter(({type}) => type !== undefined);
  return {
    rows: Number(num_rows),
    columns: columns.map((element) => ({
      name: element.name,
      type: typeOf(element),
      isOptional: element.repetition_type === "OPTIONAL",
      unit: units[element.name] ?? ""
    }))
  };
}

function unitsOf(text: string | undefined): Readonly<Record<string, string>> {
  const parsed: unknown = JSON.parse(text ?? "{}");
  if (typeof parsed !== "object" || parsed === null) return {};
  return Object.fromEntries(Object.entries(parsed).map(([name, unit]) => [name, String(unit)]));
}

const physical: Readonly<Record<string, string>> = {
  BOOLEAN: "BOOLEAN",
  INT32: "INTEGER",
  INT64: "BIGINT",
  INT96: "TIMESTAMP",
  FLOAT: "FLOAT",
  DOUBLE: "DOUBLE",
  BYTE_ARRAY: "BLOB",
  FIXED_LEN_BYTE_ARRAY: "BLOB"
};

function typeOf({type, converted_type: mark, logical_type: logical}: SchemaElement): string {
  if (mark === "UTF8" || mark === "ENUM" || logical?.type === "STRING") return "VARCHAR";
  if (mark === "DATE" || logical?.type === "DATE") return "DATE";
  if (mark?.startsWith("TIMESTAMP") || logical?.type === "TIMESTAMP") return "TIMESTAMP";
  return physical[type ?? ""] ?? "BLOB";
}
