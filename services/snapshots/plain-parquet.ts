import {i32, i64, list, struct, type ThriftValue, text} from "./thrift-compact.js";

/** Rows of a group: as many as DuckDB writes in one, so that its threads take a group each and keep their order. */
const groupRows = 122_880;

const [DOUBLE, REQUIRED, PLAIN, RLE, UNCOMPRESSED, DATA_PAGE] = [5, 0, 0, 3, 0, 0];

/**
 * Typed columns as a Parquet file of REQUIRED doubles, PLAIN and uncompressed: the columns' own memory between headers,
 * so that it costs what writing them does. It is how columns are handed to another program, and not to be kept: a row
 * takes eight bytes a column.
 *
 * @param columns of one length
 * @returns the file's bytes, piece by piece; the larger ones share the columns' memory
 *
 * Source: parquet.thrift of the Apache Parquet format.
 */
export function* plainParquet(columns: Readonly<Record<string, Float64Array>>): Generator<Uint8Array> {
  const named = Object.entries(columns);
  const length = named[0]?.[1].length ?? 0;
  const groups: ThriftValue[] = [];
  let at = magic.length;
  yield magic;
  for (let start = 0; start < length; start += groupRows) {
    const rows = Math.min(groupRows, length - start);
    const chunks: ThriftValue[] = [];
    for (const [name, column] of named) {
      const values = new Uint8Array(column.buffer, column.byteOffset + 8 * start, 8 * rows);
      const header = pageHeader(rows);
      chunks.push(chunkOf(name, rows, at, header.length + values.length));
      at += header.length + values.length;
      yield header;
      yield values;
    }
    groups.push(struct({1: list(chunks), 2: i64(8 * rows * named.length), 3: i64(rows)}));
  }
  const schema = [struct({4: text("columns"), 5: i32(named.length)}), ...named.map(([name]) => elementOf(name))];
  const footer = Uint8Array.from(struct({1: i32(1), 2: list(schema), 3: i64(length), 4: list(groups)}).bytes);
  yield footer;
  yield new Uint8Array(Uint32Array.of(footer.length).buffer);
  yield magic;
}

const magic = new TextEncoder().encode("PAR1");

function elementOf(name: string): ThriftValue {
  return struct({1: i32(DOUBLE), 3: i32(REQUIRED), 4: text(name)});
}

function pageHeader(rows: number): Uint8Array {
  const page = struct({1: i32(rows), 2: i32(PLAIN), 3: i32(RLE), 4: i32(RLE)});
  return Uint8Array.from(struct({1: i32(DATA_PAGE), 2: i32(8 * rows), 3: i32(8 * rows), 5: page}).bytes);
}

function chunkOf(name: string, rows: number, at: number, size: number): ThriftValue {
  const codec = {4: i32(UNCOMPRESSED), 5: i64(rows), 6: i64(size), 7: i64(size), 9: i64(at)};
  return struct({2: i64(at), 3: struct({1: i32(DOUBLE), 2: list([i32(PLAIN)]), 3: list([text(name)]), ...codec})});
}
