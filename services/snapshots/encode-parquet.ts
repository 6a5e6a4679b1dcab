import {type ColumnSource, parquetWriteBuffer, type SchemaElement} from "hyparquet-writer";
import {rowGroupRows, storageOf} from "./encode-storage.js";
import type {Lineage} from "./lineage.js";
import {type ColumnSpec, metadataKeys, type SnapshotSchema} from "./schema.js";
import {applySeal, blankSeal} from "./seal.js";

/** Values of one column: numbers for `time`, `number` and `count`, text for `text`; `undefined` where there is none. */
export type ColumnValues = ArrayLike<number | undefined> | ArrayLike<string | undefined>;

/** What goes beside the columns into the file's metadata. */
export interface EncodeOptions {
  /** The data set, as `bars/MT5-EURUSD/1m`. */
  readonly id: string;
  /** Left out by files that a loader derives and the store does not hold. */
  readonly lineage?: Lineage;
  /** ISO 4217; becomes the unit of prices and money. */
  readonly currency?: string;
  /** More of the file's own notes, by the names of `metadataKeys`. */
  readonly notes?: Readonly<Record<string, string>>;
}

/**
 * A Parquet file of one schema: the same values give the same bytes.
 * Required columns, since a browser reads those several times faster; how each lies is `storageOf`'s. Times are INT64
 * milliseconds. They carry the older TIMESTAMP_MILLIS mark alone: with the newer "adjusted to UTC" DuckDB 0.9 makes
 * a TIMESTAMP WITH TIME ZONE of them, for which it then has neither date_trunc nor time_bucket.
 *
 * @throws {RangeError} if a column is missing, of another length, or has a hole that its schema does not allow
 */
export function encodeParquet(
  schema: SnapshotSchema,
  values: Readonly<Record<string, ColumnValues>>,
  options: EncodeOptions
): ArrayBuffer {
  const length = values[schema.columns[0]!.name]?.length ?? 0;
  const columnData = schema.columns.map((spec) => toSource(spec, values[spec.name], length));
  const notes = notesOf(schema, options);
  const buffer = parquetWriteBuffer({
    schema: [{name: "tapebook", num_children: schema.columns.length}, ...schema.columns.map(toElement)],
    columnData,
    rowGroupSize: rowGroupRows,
    kvMetadata: Object.entries({...notes, [metadataKeys.seal]: blankSeal}).map(([key, value]) => ({key, value})),
    createdBy: "tapebook"
  });
  applySeal(buffer);
  return buffer;
}

/** A file's own notes but for its seal, by the names of `metadataKeys`. */
export function notesOf(
  {name, columns}: SnapshotSchema,
  {id, lineage, currency, notes = {}}: EncodeOptions
): Record<string, string> {
  const unitOf = (unit: string) =>
    unit === "money" ? `minor units of ${currency ?? "the currency"}` : unit === "price" ? (currency ?? "price") : unit;
  return {
    [metadataKeys.schema]: name,
    [metadataKeys.dataset]: id,
    [metadataKeys.zone]: "UTC",
    [metadataKeys.units]: JSON.stringify(
      Object.fromEntries(columns.map((column) => [column.name, unitOf(column.unit)]))
    ),
    ...(lineage === undefined ? {} : {[metadataKeys.lineage]: JSON.stringify(lineage)}),
    ...notes
  };
}

function toElement({name, type, optional}: ColumnSpec): SchemaElement {
  const repetition_type = optional ? "OPTIONAL" : "REQUIRED";
  if (type === "text") return {name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type};
  if (type === "number") return {name, type: "DOUBLE", repetition_type};
  if (type === "count") return {name, type: "INT64", repetition_type};
  return {name, type: "INT64", converted_type: "TIMESTAMP_MILLIS", repetition_type};
}

function toSource(spec: ColumnSpec, values: ColumnValues | undefined, length: number): ColumnSource {
  if (values === undefined) throw new RangeError(`missing column: ${spec.name}`);
  if (values.length !== length) throw new RangeError(`column ${spec.name} holds ${values.length} of ${length} rows`);
  const data = toData(spec, values);
  return {name: spec.name, data, ...storageOf(spec, data)};
}

function toData(spec: ColumnSpec, values: ColumnValues): ColumnSource["data"] {
  if (spec.type === "number" && values instanceof Float64Array) return values.map((value) => value + 0); // −0 is 0, as it is in a dictionary
  return Array.from(values as ArrayLike<unknown>, (value, i) => {
    if (value === undefined && spec.optional) return undefined;
    if (spec.type === "text" ? typeof value !== "string" : typeof value !== "number")
      throw new RangeError(`row ${i}: invalid ${spec.name}: ${value}`);
    return spec.type === "time" || spec.type === "count" ? toInt64(spec.name, i, value as number) : value;
  });
}

function toInt64(name: string, i: number, value: number): bigint {
  if (!Number.isSafeInteger(value)) throw new RangeError(`row ${i}: invalid ${name}: ${value}`);
  return BigInt(value);
}
