import {parquetMetadata} from "hyparquet";
import {expect, it} from "vitest";
import {plainParquet} from "../../services/snapshots/plain-parquet.js";
import {readColumns} from "../../services/snapshots/read-columns.js";

const fileOf = (columns: Readonly<Record<string, Float64Array>>) =>
  new Blob([...plainParquet(columns)] as BlobPart[]).arrayBuffer();

it("gives back every double bit for bit, over several row groups", async () => {
  const rows = 122_880 * 2 + 7;
  const a = Float64Array.from({length: rows}, (_, i) => i / 3);
  const b = new Float64Array(rows + 1).fill(-0).subarray(1);
  b.set([Number.NaN, Infinity, Number.MIN_VALUE, 2 ** 53 - 1], 122_880);
  const file = await fileOf({a, "a b": b});
  const {columns} = await readColumns(file);
  expect(Object.keys(columns)).toEqual(["a", "a b"]);
  for (const [name, values] of Object.entries({a, "a b": b}))
    expect(values.every((value, i) => Object.is(columns[name]![i], value))).toBe(true);
  expect(parquetMetadata(file).row_groups.map(({num_rows}) => Number(num_rows))).toEqual([122_880, 122_880, 7]);
});

it("counts more row groups than a short list may hold", async () => {
  const file = await fileOf({a: new Float64Array(122_880 * 16)});
  expect(parquetMetadata(file).row_groups.length).toBe(16);
});

it("may be empty", async () => {
  const metadata = parquetMetadata(await fileOf({a: new Float64Array(0)}));
  expect(Number(metadata.num_rows)).toBe(0);
  expect(metadata.schema.map(({name}) => name)).toEqual(["columns", "a"]);
});
