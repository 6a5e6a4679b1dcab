import {expect, it} from "vitest";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {openDuckDb} from "./duckdb.js";
import {sampleBars, sampleDeals} from "./samples.js";

it("the SQL page's DuckDB sees times as TIMESTAMP, counts as BIGINT and holes as NULL", async () => {
  const database = await openDuckDb();
  const bars = sampleBars(130_000);
  database.registerFileBuffer("bars.parquet", new Uint8Array(encodeBars(bars, {id: "bars/X-Y/1m"})));
  database.registerFileBuffer("deals.parquet", new Uint8Array(encodeDeals(sampleDeals, {id: "deals/alpha"})));
  const connection = database.connect();
  const ask = (sql: string) =>
    connection
      .query(sql)
      .toArray()
      .map((row) => row.toJSON());
  expect(
    ask(
      "select typeof(time) as t, typeof(close) as c, count(*)::int as n, sum(volume) as v from 'bars.parquet' group by all"
    )
  ).toEqual([{t: "TIMESTAMP", c: "DOUBLE", n: 130_000, v: bars.volume.reduce((a, b) => a + b)}]);
  expect(
    ask(
      "select count(*)::int as n, first(n2)::int as m from (select date_trunc('hour', time) as h, count(*) as n2 from 'bars.parquet' group by h)"
    )
  ).toEqual([{n: Math.ceil(130_000 / 60), m: 60}]);
  expect(
    ask(
      'select typeof("profitMinor") as t, count(*)::int as n, count(price)::int as priced, count("stopPrice")::int as stops, sum("profitMinor")::int as profit from \'deals.parquet\' group by 1'
    )
  ).toEqual([{t: "BIGINT", n: 3, priced: 2, stops: 1, profit: 1_001_000}]);
});
