import {type DecodedArray, type FileMetaData, parquetRead, type SchemaElement} from "hyparquet";
import {checkPages} from "./check-pages.js";
import {assertUnbroken, attempt, readFooter, toDamaged} from "./read-metadata.js";
import {SnapshotError} from "./snapshot-error.js";

/** Text of a column; `null` where the row has none. */
export type TextColumn = readonly (string | null)[];

/** A file's columns by name: numbers and moments (in ms) as doubles, NaN where NULL; text as text. */
export interface Columns {
  readonly length: number;
  readonly columns: Readonly<Record<string, Float64Array | TextColumn>>;
}

/**
 * Columns of a Parquet file, only those that are named, without a row object or a `Date` in between.
 * Times of any unit come as milliseconds since the epoch. About 70 ns a row for six REQUIRED columns of bars.
 *
 * @param names the columns to read, all when left out
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not a whole Parquet file; SNAPSHOT_SCHEMA if a column is
 * missing or of a type that has no reading here (nested, decimal, boolean)
 */
export async function readColumns(buffer: ArrayBuffer, names?: readonly string[]): Promise<Columns> {
  assertUnbroken(buffer);
  return decodeColumns(buffer, names);
}

/** `readColumns` of bytes whose seal was checked already. */
export async function decodeColumns(buffer: ArrayBuffer, names?: readonly string[]): Promise<Columns> {
  const footer = readFooter(buffer);
  const length = Number(footer.num_rows);
  attempt(() => checkPages(buffer, footer));
  const sinks = attempt(() => createSinks(footer, names, length));
  const filled = new Map([...sinks.keys()].map((name) => [name, 0]));
  const onPage = ({
    pathInSchema,
    columnData,
    rowStart
  }: {
    pathInSchema: string[];
    columnData: DecodedArray;
    rowStart: number;
  }) => {
    const name = pathInSchema[0]!;
    if (!(rowStart + columnData.length <= length))
      throw new RangeError(`column ${name} holds more than ${length} rows`);
    sinks.get(name)!.add(columnData, rowStart);
    filled.set(name, filled.get(name)! + columnData.length);
  };
  await parquetRead({file: buffer, metadata: physical(footer), columns: [...sinks.keys()], onPage}).catch((error) => {
    throw toDamaged(error);
  });
  for (const [name, rows] of filled)
    if (rows !== length) throw toDamaged(new Error(`column ${name} holds ${rows} of ${length} rows`));
  return {length, columns: Object.fromEntries([...sinks].map(([name, {column}]) => [name, column]))};
}

interface Sink {
  readonly column: Float64Array | (string | null)[];
  add(values: DecodedArray, rowStart: number): void;
}

function createSinks(footer: FileMetaData, names: readonly string[] | undefined, length: number): Map<string, Sink> {
  const elements = new Map(footer.schema.slice(1).map((element) => [element.name, element]));
  const missing = names?.filter((name) => !elements.has(name)) ?? [];
  if (missing.length > 0)
    throw new SnapshotError(
      "SNAPSHOT_SCHEMA",
      `no column ${missing.join(", ")}: the file has ${[...elements.keys()].join(", ")}`
    );
  return new Map((names ?? [...elements.keys()]).map((name) => [name, createSink(elements.get(name)!, length)]));
}

function createSink(element: SchemaElement, length: number): Sink {
  if (element.type === "BYTE_ARRAY") return textSink(new Array<string | null>(length).fill(null));
  return numberSink(new Float64Array(length), unitsPerRead(element));
}

/** What a stored number is divided by to be read: 1000 for microseconds. */
function unitsPerRead({
  name,
  type,
  converted_type: converted,
  logical_type: logical,
  num_children
}: SchemaElement): number {
  const kind = logical?.type === "TIMESTAMP" ? `TIMESTAMP_${logical.unit}` : converted;
  if (kind === "TIMESTAMP_MICROS") return 1e3;
  if (kind === "TIMESTAMP_NANOS") return 1e6;
  const isPlain = kind === undefined || kind === "TIMESTAMP_MILLIS" || kind === "INT_64" || kind === "INT_32";
  const isNumber = type === "INT64" || type === "INT32" || type === "DOUBLE" || type === "FLOAT";
  if (isPlain && isNumber && !num_children) return 1;
  throw new SnapshotError(
    "SNAPSHOT_SCHEMA",
    `column ${name} cannot be read as numbers or text: ${kind ?? type ?? "nested"}`
  );
}

function textSink(column: (string | null)[]): Sink {
  const add = (values: DecodedArray, rowStart: number) => {
    for (let i = 0; i < values.length; ++i) column[rowStart + i] = values[i] ?? null;
  };
  return {column, add};
}

function numberSink(column: Float64Array, divisor: number): Sink {
  const add = (values: DecodedArray, rowStart: number) => {
    if (values instanceof BigInt64Array) addInt64(column, values, rowStart);
    else if (ArrayBuffer.isView(values)) column.set(values as Float64Array, rowStart);
    else addMixed(column, values, rowStart);
    if (divisor !== 1) for (let i = rowStart; i < rowStart + values.length; ++i) column[i] = column[i]! / divisor;
  };
  return {column, add};
}

function addMixed(column: Float64Array, values: readonly unknown[], rowStart: number): void {
  for (let i = 0; i < values.length; ++i) {
    const value = values[i];
    column[rowStart + i] = typeof value === "number" ? value : value == null ? NaN : toNumber(value);
  }
}

// Two 32-bit halves make a double some ten times faster than Number(bigint) does.
function addInt64(column: Float64Array, values: BigInt64Array, rowStart: number): void {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  let beyond = 0;
  for (let i = 0; i < values.length; ++i) {
    const high = words[2 * i + 1]!;
    beyond |= (high + 0x200000) & ~0x3fffff;
    column[rowStart + i] = high * 0x100000000 + (words[2 * i]! >>> 0);
  }
  if (beyond !== 0) throw new RangeError("a whole number beyond 2^53");
}

function toNumber(value: unknown): number {
  const number = Number(value);
  if (typeof value === "bigint" && !Number.isSafeInteger(number))
    throw new RangeError(`whole number beyond 2^53: ${value}`);
  return number;
}

// Without its annotations an INT64 is handed over as it lies, not as a Date per row.
function physical(footer: FileMetaData): FileMetaData {
  const strip = ({converted_type: _, logical_type: __, ...element}: SchemaElement): SchemaElement => element;
  return {...footer, schema: footer.schema.map((element) => (element.type === "INT64" ? strip(element) : element))};
}
