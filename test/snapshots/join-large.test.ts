import {expect, it} from "vitest";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {encodeTicks} from "../../services/snapshots/encode-ticks.js";
import {joinLarge} from "../../services/snapshots/join-large.js";
import {readMetadata} from "../../services/snapshots/read-metadata.js";
import {
  allTicksSchema,
  barsSchema,
  keptBarsSchema,
  metadataKeys,
  ticksSchema
} from "../../services/snapshots/schema.js";
import {askFile} from "./duckdb.js";
import {sampleBars} from "./samples.js";
import {sampleTicks} from "./tick-samples.js";

const part = (instrument: string, length: number, base = 100) => {
  const bars = sampleBars(length, {base});
  return {bars, bytes: encodeBars(bars, {id: "bars/x/1m"}), texts: {instrument, timeframe: "1m"}};
};

it("holds file after file in the order of their rows, a row for a row, a moment as DuckDB's TIMESTAMP", async () => {
  const [euro, gold] = [part("MT5:EURUSD", 130_000), part('O\'Hara:"X"', 3, 5)];
  const file = await joinLarge(keptBarsSchema, [euro, gold], {from: barsSchema, id: "sql/finest"});
  const rows = await askFile(
    file,
    `select instrument, timeframe, typeof(time) as type, epoch_ms(time)::double as t, close
     from read_parquet('asked.parquet', file_row_number = true)
     where file_row_number in (0, 129999, 130000, 130002) order by file_row_number`
  );
  const row = ({bars, texts}: typeof euro, i: number) => ({
    ...texts,
    type: "TIMESTAMP",
    t: bars.time[i],
    close: bars.close[i]
  });
  expect(rows).toEqual([row(euro, 0), row(euro, 129_999), row(gold, 0), row(gold, 2)]);
  expect(readMetadata(file).get(metadataKeys.dataset)).toBe("sql/finest");
});

it("gives the same bytes for the same files", async () => {
  const join = () => joinLarge(keptBarsSchema, [part("A:B", 90)], {from: barsSchema, id: "sql/finest"});
  expect(new Uint8Array(await join())).toEqual(new Uint8Array(await join()));
});

it("has its columns when there is no file", async () => {
  const file = await joinLarge(keptBarsSchema, [], {from: barsSchema, id: "sql/finest"});
  const sql = "select count(*)::int as n, count(close)::int as c, count(timeframe)::int as t from 'asked.parquet'";
  expect(await askFile(file, sql)).toEqual([{n: 0, c: 0, t: 0}]);
});

it("takes the last rows of each file alone where it is told to, and leaves holes as NULL", async () => {
  const ticks = sampleTicks(500);
  const bytes = await encodeTicks({...ticks, last: new Float64Array(500).fill(NaN)}, {id: "ticks/x"});
  const parts = ["MT5:EURUSD", "MT5:XAUUSD"].map((instrument) => ({bytes, texts: {instrument}}));
  const file = await joinLarge(allTicksSchema, parts, {from: ticksSchema, lastRows: 40, id: "sql/ticks"});
  const sql = `select instrument, count(*)::int as n, count(last)::int as l, epoch_ms(min(time))::double as t
               from 'asked.parquet' group by 1 order by 1`;
  const own = {n: 40, l: 0, t: ticks.time[460]};
  expect(await askFile(file, sql)).toEqual([
    {instrument: "MT5:EURUSD", ...own},
    {instrument: "MT5:XAUUSD", ...own}
  ]);
});

it("refuses a file of another kind, and one of which a byte was changed", async () => {
  const {bytes, texts} = part("X:Y", 20);
  const join = (from = barsSchema) => joinLarge(keptBarsSchema, [{bytes, texts}], {from, id: "x/y"});
  await expect(join(ticksSchema)).rejects.toMatchObject({code: "SNAPSHOT_SCHEMA"});
  new Uint8Array(bytes)[40]! ^= 1;
  await expect(join()).rejects.toMatchObject({code: "SNAPSHOT_DAMAGED"});
});
