import {readFileSync, rmSync} from "node:fs";
import {parquetMetadata} from "hyparquet";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {checkPages} from "../../services/snapshots/check-pages.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {readColumns} from "../../services/snapshots/read-columns.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {applySeal} from "../../services/snapshots/seal.js";
import {type Database, openDuckDb} from "./duckdb.js";
import {sampleDataset, sampleDeals} from "./samples.js";

const deals = encodeDeals(sampleDeals, {id: "deals/alpha", lineage: sampleDataset({id: "deals/alpha"})});

/** Where the definition levels of an optional column's first page begin: after its header. */
function placesOfLevels(file: ArrayBuffer): number[] {
  const bytes = new Uint8Array(file);
  const {columns} = parquetMetadata(file).row_groups[0]!;
  const starts = columns.map(({meta_data}) => Number(meta_data!.data_page_offset));
  return starts.flatMap((start) => {
    for (let at = start; at < start + 60; ++at) if (bytes[at] === 0 && bytes[at + 1]! > 0) return [at + 1, at + 2];
    return [];
  });
}

describe("a forged page", () => {
  it("that claims thousands of millions of rows in five bytes is refused before it is decoded, whichever column it is of", async () => {
    let refused = 0;
    for (const place of placesOfLevels(deals)) {
      const forged = deals.slice(0);
      new Uint8Array(forged).set([0xfe, 0xff, 0xff, 0xff, 0x0f], place);
      applySeal(forged);
      const outcome = await readDeals(forged).catch((error: unknown) => error);
      if (!(outcome instanceof Error)) continue; // no levels lie there: those bytes were not counts
      ++refused;
      expect(outcome).toMatchObject({code: "SNAPSHOT_DAMAGED"});
    }
    expect(refused).toBeGreaterThan(10);
  });

  it("of a file too small for the rows that its footer states is refused before any memory is asked for", () => {
    const footer = parquetMetadata(deals);
    const [group] = footer.row_groups;
    const forged = {...footer, num_rows: 2n ** 28n, row_groups: [{...group!, num_rows: 2n ** 28n}]};
    expect(() => checkPages(deals, forged)).toThrow(/268435456 rows in \d+ bytes/);
  });

  it("whose footer lists more members than it has bytes is refused before any memory is asked for", async () => {
    const bytes = new Uint8Array(deals);
    const end = bytes.length - 8;
    const first = end - new DataView(deals).getUint32(end, true);
    const list = bytes.indexOf(0xfc, first); // fifteen columns and their root: a list of structures with a count of its own
    expect(list - first).toBeLessThan(6);
    const forged = deals.slice(0);
    new Uint8Array(forged).set([0xfe, 0xff, 0xff, 0xff, 0x0f], list + 1);
    applySeal(forged);
    await expect(readDeals(forged)).rejects.toThrow(/a list of 4294967294 members/);
  });

  it("of a column that is a list, or true and false, is refused", () => {
    const footer = parquetMetadata(deals);
    for (const change of [{repetition_type: "REPEATED"}, {type: "BOOLEAN"}, {num_children: 2}] as const) {
      const schema = footer.schema.map((element, i) => (i === 1 ? {...element, ...change} : element));
      expect(() => checkPages(deals, {...footer, schema})).toThrow(/column ticket is none of numbers or text/);
    }
  });
});

describe("a file that another program wrote", () => {
  const name = "check-pages-theirs.parquet";
  let database: Database;
  beforeAll(async () => {
    database = await openDuckDb();
  });
  afterAll(() => rmSync(name, {force: true})); // under Node its files are real ones

  it.each(["snappy", "uncompressed"])(
    "with holes, text and few or many values, %s, is read all the same",
    async (codec) => {
      const rows = 200_000;
      database.connect().query(`copy (
      select i::bigint as id, (i * 0.5)::double as half, (i % 7)::double as seven, case when i % 3 = 0 then null else i::double end as hole,
        'x' || (i % 5) as word, null::double as none
      from range(${rows}) t(i)) to '${name}' (format parquet, codec '${codec}')`);
      const bytes = readFileSync(name);
      const {length, columns} = await readColumns(new Uint8Array(bytes).buffer);
      expect(length).toBe(rows);
      for (const i of [0, 1, 2, 122_879, 122_880, rows - 1]) {
        expect([columns["id"]![i], columns["half"]![i], columns["seven"]![i]]).toEqual([i, i / 2, i % 7]);
        expect(columns["hole"]![i]).toBe(i % 3 === 0 ? Number.NaN : i);
        expect([columns["word"]![i], columns["none"]![i]]).toEqual([`x${i % 5}`, Number.NaN]);
      }
    }
  );
});
