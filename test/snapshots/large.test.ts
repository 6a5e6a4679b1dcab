import {expect, it} from "vitest";
import {encodeLarge} from "../../services/snapshots/encode-large.js";
import {readMetadata} from "../../services/snapshots/read-metadata.js";
import {barsSchema, metadataKeys, type SnapshotSchema} from "../../services/snapshots/schema.js";
import {askFile} from "./duckdb.js";
import {sampleBars, sampleDataset} from "./samples.js";

const columnsOf = (length: number) => {
  const {time, open, high, low, close, volume} = sampleBars(length);
  return {time, open, high, low, close, volume};
};

it("carries its notes and a seal that holds, whatever is written in them", async () => {
  const lineage = sampleDataset({warnings: ["it's “odd”; drop table x; --"]});
  const file = await encodeLarge(barsSchema, columnsOf(2), {id: "sql/x", lineage, currency: "USD"});
  const notes = readMetadata(file);
  expect(notes.get(metadataKeys.lineage)).toBe(JSON.stringify(lineage));
  expect(notes.get(metadataKeys.dataset)).toBe("sql/x");
  expect(JSON.parse(notes.get(metadataKeys.units)!)).toMatchObject({close: "USD"});
});

it("may be empty", async () => {
  const file = await encodeLarge(barsSchema, columnsOf(0), {id: "sql/x"});
  expect(await askFile(file, "select count(*)::int as n, count(close)::int as c from 'asked.parquet'")).toEqual([
    {n: 0, c: 0}
  ]);
});

it("keeps counts as whole numbers and holes as NULL", async () => {
  const schema: SnapshotSchema = {
    name: "test/1",
    columns: [
      {name: "n", type: "count", unit: "rows"},
      {name: "price", type: "number", unit: "price", optional: true}
    ]
  };
  const columns = {n: Float64Array.of(1, 2 ** 53 - 1), price: Float64Array.of(NaN, 1.5)};
  const file = await encodeLarge(schema, columns, {id: "test/x"});
  const sql = "select typeof(n) as t, n::varchar as n, price from 'asked.parquet'";
  expect(await askFile(file, sql)).toEqual([
    {t: "BIGINT", n: "1", price: null},
    {t: "BIGINT", n: "9007199254740991", price: 1.5}
  ]);
});

it("refuses columns that are missing or differ in length", async () => {
  const columns = columnsOf(2);
  const {close: _, ...fewer} = columns;
  await expect(encodeLarge(barsSchema, fewer, {id: "x/y"})).rejects.toThrow("missing column: close");
  await expect(encodeLarge(barsSchema, {...columns, low: new Float64Array(3)}, {id: "x/y"})).rejects.toThrow(
    "column low holds 3 of 2 rows"
  );
});
