import {type ColumnMetaData, type FileMetaData, type SchemaElement, snappyUncompress} from "hyparquet";
import {type Cursor, type PageHeader, readByte, readPageHeader, readUnsigned} from "./page-header.js";

const [plain, plainDictionary, rle, delta, indexes] = [0, 2, 3, 5, 8] as const;
const mostRowsPerByte = 64; // equal steps of time take seven bytes for 128 rows, all else more
const mostUnpacking = 64; // three bytes of Snappy make 64

/**
 * Whether the pages of a file hold what its footer says, looked at before any is decoded: the reading library takes the
 * counts that pages state at their word, and a forged one keeps it busy for minutes, or asks for more memory than there is.
 *
 * @throws {RangeError} if a page holds more or fewer values than it may, or lies in an encoding that has no reading here
 */
export function checkPages(buffer: ArrayBuffer, {row_groups, schema, num_rows}: FileMetaData): void {
  if (!(Number(num_rows) <= buffer.byteLength * mostRowsPerByte))
    throw new RangeError(`${num_rows} rows in ${buffer.byteLength} bytes`);
  const flat = new Map(schema.slice(1).flatMap((element) => (isFlat(element) ? [[element.name, element]] : [])));
  for (const {columns, num_rows: rows} of row_groups)
    for (const {meta_data} of columns) {
      const [name = "", ...below] = meta_data!.path_in_schema;
      const element = flat.get(name);
      if (element === undefined || below.length > 0 || element.type !== meta_data!.type)
        throw new RangeError(`column ${name} is none of numbers or text`);
      checkChunk(new Uint8Array(buffer), meta_data!, {element, rows: Number(rows)});
    }
}

function isFlat({type, num_children, repetition_type}: SchemaElement): boolean {
  return type !== undefined && type !== "BOOLEAN" && !num_children && repetition_type !== "REPEATED";
}

interface Expected {
  readonly element: SchemaElement;
  readonly rows: number;
}

function checkChunk(bytes: Uint8Array, chunk: ColumnMetaData, {element, rows}: Expected): void {
  const at = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
  const cursor: Cursor = {bytes, at, end: at + Number(chunk.total_compressed_size)};
  let found = 0;
  while (found < rows && cursor.at < cursor.end - 1) {
    const header = readPageHeader(cursor);
    const page = {bytes, at: cursor.at, end: cursor.at + header.size};
    if (!(page.end <= cursor.end)) throw new RangeError(`column ${element.name}: a page of ${header.size} bytes`);
    if (header.kind !== "dictionary") found += header.values;
    if (!(found <= rows)) throw new RangeError(`column ${element.name}: ${found} of ${rows} values`);
    checkPage(page, header, {isPacked: chunk.codec !== "UNCOMPRESSED", isOptional: isOptional(element)});
    cursor.at = page.end;
  }
  if (found !== rows) throw new RangeError(`column ${element.name}: ${found} of ${rows} values`);
}

const isOptional = ({repetition_type}: SchemaElement) => repetition_type !== "REQUIRED";

interface Form {
  readonly isPacked: boolean;
  readonly isOptional: boolean;
}

function checkPage(page: Cursor, header: PageHeader, {isPacked, isOptional}: Form): void {
  const {kind, values, encoding, levelSize, unpackedSize, size, isCompressed} = header;
  if (!(unpackedSize <= size * mostUnpacking)) throw new RangeError(`a page of ${unpackedSize} bytes in ${size}`);
  if (kind === "dictionary") {
    if (!(values * 4 <= unpackedSize)) throw new RangeError(`${values} words in ${unpackedSize} bytes`);
    return;
  }
  if (kind === "data-2" && isOptional) checkRuns({...page, end: page.at + levelSize}, 1, values);
  const from = page.at + levelSize;
  const body = isPacked && isCompressed ? unpack(page, from, unpackedSize - levelSize) : {...page, at: from};
  if (kind === "data" && isOptional) {
    const length = readByte(body) + readByte(body) * 256 + readByte(body) * 65536 + readByte(body) * 16777216;
    const end = body.at + length;
    if (!(end <= body.end)) throw new RangeError(`levels of ${length} bytes`);
    checkRuns({...body, end}, 1, values);
    body.at = end;
  }
  if (encoding === indexes || encoding === plainDictionary) checkIndexes(body, kind, values);
  else if (encoding === delta) checkSteps(body, values);
  else if (encoding !== plain) throw new RangeError(`encoding ${encoding}${encoding === rle ? " of values" : ""}`);
}

function checkIndexes(body: Cursor, kind: PageHeader["kind"], values: number): void {
  const bits = readByte(body);
  if (bits > 0 || kind === "data-2") checkRuns(body, bits, values); // of the first version none is read
}

function unpack({bytes, end}: Cursor, from: number, size: number): Cursor {
  const unpacked = new Uint8Array(Math.max(0, size));
  snappyUncompress(bytes.subarray(from, end), unpacked);
  return {bytes: unpacked, at: 0, end: unpacked.length};
}

/** Runs of one number, or of numbers packed eight together: none may be longer than what is left to tell. */
function checkRuns(cursor: Cursor, bits: number, values: number): void {
  if (!(bits <= 32)) throw new RangeError(`numbers of ${bits} bits`);
  for (let seen = 0; seen < values && cursor.at < cursor.end; ) {
    const header = readUnsigned(cursor);
    const isRun = header % 2 === 0;
    const count = isRun ? header / 2 : ((header - 1) / 2) * 8;
    if (!(count <= values - seen + (isRun ? 0 : 511))) throw new RangeError(`a run of ${count} of ${values} values`);
    cursor.at += isRun ? Math.ceil(bits / 8) : Math.max(1, (count * bits) / 8); // one byte is looked at in any case
    seen += count;
  }
}

/** Differences in blocks: their numbers may not be endless. */
function checkSteps(cursor: Cursor, values: number): void {
  const [blockSize, parts] = [readUnsigned(cursor), readUnsigned(cursor)];
  if (!(parts > 0 && blockSize <= 2 ** 20 && blockSize >= parts)) throw new RangeError(`blocks of ${blockSize}`);
  readUnsigned(cursor);
  readUnsigned(cursor, 2 ** 64);
  for (let seen = 1; seen < values; seen += blockSize) {
    readUnsigned(cursor, 2 ** 64);
    const widths = Array.from({length: Math.min(parts, cursor.end - cursor.at)}, () => readByte(cursor));
    if (!widths.every((bits) => bits <= 64)) throw new RangeError("differences of more than 64 bits");
    cursor.at +=
      widths.reduce((sum, bits, i) => sum + (seen + i * (blockSize / parts) < values ? bits : 0), 0) *
      (blockSize / parts / 8);
  }
}
