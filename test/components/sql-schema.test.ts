import {describe, expect, it} from "vitest";
import {fetchTail} from "../../components/sql/fetch-tail.js";
import {readSchema} from "../../components/sql/table-schema.js";
import {encodeParquet} from "../../services/snapshots/encode-parquet.js";
import {closesSchema} from "../../services/snapshots/schema.js";

describe("readSchema", () => {
  const values = {instrument: ["A"], time: [Date.UTC(2019, 0, 2)], close: [1.5]};
  const file = encodeParquet(closesSchema, values, {id: "closes/x", currency: "USD"});

  it("reads rows, columns, types and units from a file's end, over a server with ranges or without", async () => {
    const ranges: string[] = [];
    const ranged = async (_url: unknown, init?: RequestInit) => {
      const range = new Headers(init?.headers).get("range")!;
      ranges.push(range);
      const [, start, end] = /(\d+)-(\d+)/.exec(range)!;
      const headers = {"content-range": `bytes ${start}-${end}/${file.byteLength}`};
      return new Response(file.slice(Number(start), Number(end) + 1), {status: 206, headers});
    };
    const schema = await readSchema(fetchTail("x", ranged as typeof fetch));
    expect(schema).toEqual({
      rows: 1,
      columns: [
        {name: "instrument", type: "VARCHAR", isOptional: false, unit: "VENUE:SYMBOL"},
        {name: "time", type: "TIMESTAMP", isOptional: false, unit: "ms since 1970-01-01T00:00:00Z"},
        {name: "close", type: "DOUBLE", isOptional: false, unit: "USD"}
      ]
    });
    expect(ranges).toEqual(["bytes=0-7", `bytes=0-${file.byteLength - 1}`]);
    const whole = async () => new Response(file.slice(0), {status: 200});
    expect(await readSchema(fetchTail("x", whole as typeof fetch))).toEqual(schema);
  });

  it("names a file that is not there, and one that is no Parquet file", async () => {
    const missing = async () => new Response("", {status: 404});
    await expect(readSchema(fetchTail("a.parquet", missing as typeof fetch))).rejects.toThrow(
      "unable to fetch a.parquet: status 404"
    );
    await expect(readSchema(async () => new ArrayBuffer(40))).rejects.toThrow(
      "not the end of a Parquet file: 40 bytes"
    );
  });
});
