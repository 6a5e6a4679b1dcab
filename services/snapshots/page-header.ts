/** Where a reader of bytes stands. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  /** Where its bytes end. */
  readonly end: number;
}

/** What the header of a Parquet page says of it; sizes in bytes, levels of the second version only. */
export interface PageHeader {
  readonly kind: "data" | "data-2" | "dictionary";
  readonly size: number;
  readonly unpackedSize: number;
  readonly values: number;
  readonly encoding: number;
  readonly levelSize: number;
  readonly isCompressed: boolean;
}

/** What is not needed is passed over, and stands as `undefined`. */
type Field = number | Fields | undefined;
type Fields = ReadonlyMap<number, Field>;

const kinds = {0: "data", 2: "dictionary", 3: "data-2"} as const;
const ownField = {data: 5, dictionary: 7, "data-2": 8} as const;

/**
 * The header of the page at the cursor, which is left at the page's own bytes. Thrift's compact protocol, as far as a
 * page header needs it.
 *
 * @throws {RangeError} if the bytes are none, or end within it
 * @see https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
export function readPageHeader(cursor: Cursor): PageHeader {
  const fields = readStruct(cursor, 0);
  const kind = kinds[numberAt(fields, 1) as keyof typeof kinds];
  if (kind === undefined) throw new RangeError(`a page of type ${numberAt(fields, 1)}`);
  const own = fields.get(ownField[kind]);
  if (!(own instanceof Map)) throw new RangeError("a page without a header of its own");
  const isSecond = kind === "data-2";
  return {
    kind,
    size: numberAt(fields, 3),
    unpackedSize: numberAt(fields, 2),
    values: numberAt(own, 1),
    encoding: numberAt(own, isSecond ? 4 : 2),
    levelSize: isSecond ? numberAt(own, 5) + numberAt(own, 6) : 0,
    isCompressed: !isSecond || own.get(7) !== 0
  };
}

function numberAt(fields: Fields, id: number): number {
  const value = fields.get(id);
  if (!(typeof value === "number" && value >= 0)) throw new RangeError(`a page header without field ${id}`);
  return value;
}

/**
 * Walks through a file's footer and keeps nothing: no list in it may state more members than there are bytes left, since
 * the reading library asks for memory for all of them first.
 *
 * @throws {RangeError} as `readPageHeader`
 */
export function checkFooter(cursor: Cursor): void {
  readStruct(cursor, 0);
}

function readStruct(cursor: Cursor, depth: number): Fields {
  if (depth > 12) throw new RangeError("fields nested too deep");
  const fields = new Map<number, Field>();
  for (let id = 0; ; ) {
    const byte = readByte(cursor);
    const type = byte & 15;
    if (type === 0) return fields;
    id = byte >> 4 === 0 ? readSigned(cursor) : id + (byte >> 4);
    fields.set(id, readField(cursor, type, depth));
  }
}

function readField(cursor: Cursor, type: number, depth: number): Field {
  if (type === 1 || type === 2) return 2 - type; // true, false
  if (type === 3) return readByte(cursor);
  if (type >= 4 && type <= 6) return readSigned(cursor);
  if (type === 12) return readStruct(cursor, depth + 1);
  if (type === 9) return readList(cursor, depth);
  const skipped = type === 7 ? 8 : type === 8 ? readUnsigned(cursor) : NaN;
  if (!(cursor.at + skipped <= cursor.end)) throw new RangeError(`a field of type ${type}`);
  cursor.at += skipped;
  return undefined;
}

function readList(cursor: Cursor, depth: number): undefined {
  const head = readByte(cursor);
  const length = head >> 4 === 15 ? readUnsigned(cursor) : head >> 4;
  if (!(length <= cursor.end - cursor.at)) throw new RangeError(`a list of ${length} members`);
  const type = head & 15;
  for (let i = 0; i < length; ++i) readField(cursor, type === 1 || type === 2 ? 3 : type, depth);
}

function readSigned(cursor: Cursor): number {
  const value = readUnsigned(cursor, 2 ** 63);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/**
 * A whole number of seven bits a byte, the low ones first.
 *
 * @throws {RangeError} if it is above *limit*, or the bytes end within it
 */
export function readUnsigned(cursor: Cursor, limit = 2 ** 32 - 1): number {
  for (let value = 0, factor = 1; ; factor *= 128) {
    const byte = readByte(cursor);
    value += (byte & 127) * factor;
    if (value > limit || factor > limit) throw new RangeError(`a number above ${limit}`);
    if (byte < 128) return value;
  }
}

/** @throws {RangeError} if there is none */
export function readByte(cursor: Cursor): number {
  if (!(cursor.at < cursor.end)) throw new RangeError("its bytes end within a page");
  return cursor.bytes[cursor.at++]!;
}
