import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type pg from "pg";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {type Postgres, startPostgres} from "../../../services/demo/postgres.js";
import {sliceBars, toBarSeries} from "../../../services/domain/bar.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../../services/domain/time.js";
import {copyBars} from "../../../services/sources/postgres/copy-bars.js";
import {openDatabase, withClient} from "../../../services/sources/postgres/database.js";
import {insertBars} from "../../../services/sources/postgres/insert-bars.js";
import {migrate} from "../../../services/sources/postgres/migrate.js";
import {readResampled, resampleSql, type StoredBar} from "../../../services/sources/postgres/read-bars.js";
import {type DetectedSignal, insertSignals, readSignals} from "../../../services/sources/postgres/signals.js";
import {createPostgresSource} from "../../../services/sources/postgres/source.js";
import {calendars} from "../venues.js";
import {all, bars, start} from "./sample.js";

const dir = mkdtempSync(join(tmpdir(), "tapebook-sources-"));
let server: Postgres;
let pool: pg.Pool;

beforeAll(async () => {
  server = await startPostgres({dir});
  await migrate(server.url);
  pool = openDatabase(server.url);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await server.stop();
  rmSync(dir, {recursive: true, force: true});
});

describe("bars in PostgreSQL", () => {
  it("come back as they went in, streamed in more than one fetch", async () => {
    expect(await insertBars(pool, "US500", "1m", bars)).toBe(bars.length);
    const found = await createPostgresSource(pool, {name: "store"}).bars(all);
    expect(found.bars).toEqual(bars);
    expect(found.warnings).toEqual([]);
    const some = await createPostgresSource(pool, {name: "store"}).bars({
      ...all,
      start: start + HOUR_MS,
      end: start + 2 * HOUR_MS
    });
    expect([some.bars.length, some.bars.time[0]]).toEqual([60, start + HOUR_MS]);
  });

  it("go in by COPY just as they are, all or none", async () => {
    const client = await pool.connect();
    await copyBars(client, "COPIED", "1m", bars);
    const found = await createPostgresSource(pool, {name: "store"}).bars({...all, symbol: "COPIED"});
    expect(found.bars).toEqual(bars);
    await expect(copyBars(client, "COPIED", "1m", bars)).rejects.toMatchObject({code: "23505"});
    const odd = toBarSeries([
      {time: -1, open: 1, high: 1, low: 1, close: 1, volume: 2 ** 53 - 1},
      {time: 2 ** 42, open: 1, high: 1, low: 1, close: 1, volume: 0}
    ]);
    await copyBars(client, "ODD", "1mo", odd);
    expect(
      (
        await createPostgresSource(pool, {name: "store"}).bars({
          ...all,
          symbol: "ODD",
          timeframe: "1mo",
          start: -10,
          end: 2 ** 43
        })
      ).bars
    ).toEqual(odd);
    client.release();
  });

  it("are kept when they are inserted again, and updated only on request", async () => {
    const changed = toBarSeries([{time: start, open: 4_700, high: 4_799, low: 4_699, close: 4_750, volume: 5}]);
    expect(await insertBars(pool, "US500", "1m", changed)).toBe(0);
    expect((await createPostgresSource(pool, {name: "store"}).bars(all)).bars.close[0]).toBe(bars.close[0]);
    expect(await insertBars(pool, "LIVE", "1m", changed)).toBe(1);
    expect(await insertBars(pool, "LIVE", "1m", changed, {existing: "update"})).toBe(0);
    const later = {...changed, close: Float64Array.of(4_760)};
    expect(await insertBars(pool, "LIVE", "1m", later, {existing: "update"})).toBe(1);
  });

  it("with an unknown volume are told of, and with senseless prices refused by name", async () => {
    await pool.query(
      "insert into ohlc_bars values ('NULLS', to_timestamp(60), 1, 2, 1, 2, null, 2, 1), ('BAD', to_timestamp(60), 1, 0.5, 1, 2, 1, 2, 1), ('NAN', to_timestamp(60), 1, 'NaN', 1, 2, 1, 2, 1)"
    );
    const source = createPostgresSource(pool, {name: "store"});
    expect(await source.bars({...all, symbol: "NULLS"})).toMatchObject({
      warnings: ["store: 1 bars of NULLS have no volume: it is 0"]
    });
    await expect(source.bars({...all, symbol: "BAD"})).rejects.toThrow(
      /store: ohlc_bars BAD 1m 1970-01-01T00:01:00.000Z: high 0.5 below/
    );
    await expect(source.bars({...all, symbol: "NAN"})).rejects.toMatchObject({code: "SOURCE_BAD_DATA"});
  });

  it("are resampled in the database as the minutes say", async () => {
    const client = await pool.connect();
    const found: StoredBar[] = [];
    for await (const rows of readResampled(
      client,
      {contractId: "US500", timeframe: "1h", start: 0, end: all.end},
      "1m"
    ))
      found.push(...rows);
    client.release();
    expect(found).toHaveLength(Math.ceil(bars.length / 60));
    const hour = sliceBars(bars, 60, 120);
    expect(found[1]).toEqual({
      time: start + HOUR_MS,
      open: hour.open[0],
      high: Math.max(...hour.high),
      low: Math.min(...hour.low),
      close: hour.close.at(-1),
      volume: hour.volume.reduce((a, b) => a + b)
    });
  });

  it("of an intraday timeframe that is not stored are made of finer ones, whole, and say so", async () => {
    const source = createPostgresSource(pool, {name: "store"});
    const request = {...all, timeframe: "5m", start: start + 2 * MINUTE_MS, end: start + 33 * MINUTE_MS} as const;
    const {bars: made, warnings} = await source.bars(request);
    expect(warnings).toEqual(["store: no 5m bars of US500 are stored: they were made of 1m"]);
    expect([...made.time]).toEqual([1, 2, 3, 4, 5, 6].map((i) => start + i * 5 * MINUTE_MS));
    const last = sliceBars(bars, 30, 35);
    expect([made.open.at(-1), made.close.at(-1), made.high.at(-1)]).toEqual([
      last.open[0],
      last.close.at(-1),
      Math.max(...last.high)
    ]);
    await insertBars(pool, "STORED", "1m", sliceBars(bars, 0, 100));
    await insertBars(pool, "STORED", "5m", toBarSeries([{time: 0, open: 1, high: 1, low: 1, close: 1, volume: 1}]));
    const kept = {...request, symbol: "STORED"} as const;
    expect(await source.bars(kept)).toMatchObject({bars: {length: 0}, warnings: []});
    expect((await source.bars({...kept, timeframe: "1d"})).bars.length).toBe(0);
    expect((await source.bars({...kept, timeframe: "15m"})).warnings).toEqual([
      "store: no 15m bars of STORED are stored: they were made of 1m" // of its 5m there is one, of another day
    ]);
  });

  it("are not made where a session begins within one, for they would be others than here", async () => {
    const source = createPostgresSource(pool, {name: "store", calendarOf: () => calendars["nse"]});
    const request = {...all, end: Date.UTC(2024, 5, 1)};
    await expect(source.bars({...request, timeframe: "1h"})).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      message: expect.stringMatching(
        /store: no 1h bars of US500 are stored, and none can be made of 1m: the session of \d{4}-\d\d-\d\d does not begin on a whole 1h of UTC/
      )
    });
    expect((await source.bars({...request, timeframe: "15m"})).bars.length).toBeGreaterThan(1_000);
  });

  it("of a reconciliation's table are read through a view of that name in a schema of its own", async () => {
    await pool.query(`create schema golden;
      create table golden.bars_1m_golden (symbol text, ts timestamptz, o float8, h float8, l float8, c float8, vol bigint);
      insert into golden.bars_1m_golden values ('US500', to_timestamp(60), 1, 2, 1, 2, 5);
      create view golden.ohlc_bars as select symbol as contract_id, ts as timestamp, o as open, h as high, l as low,
        c as close, vol as volume, 2 as timeframe_unit, 1 as timeframe_value from golden.bars_1m_golden`);
    const golden = openDatabase(`${server.url}?options=-csearch_path%3Dgolden`);
    const {bars: found} = await createPostgresSource(golden, {name: "store"}).bars(all);
    expect([found.length, found.close[0], found.volume[0]]).toEqual([1, 2, 5]);
    await golden.end();
  });

  it("are asked of both bucket functions with one origin", () => {
    expect(resampleSql("time_bucket").replace("time_bucket", "date_bin")).toBe(resampleSql("date_bin"));
  });

  it("refuse a volume that the column cannot hold", async () => {
    await expect(
      insertBars(pool, "X", "1m", toBarSeries([{time: 0, open: 1, high: 1, low: 1, close: 1, volume: 0.5}]))
    ).rejects.toThrow("volume not whole at 0: 0.5");
  });
});

describe("signals in PostgreSQL", () => {
  it("come back as they went in, once, and of the range alone", async () => {
    const signal = (i: number): DetectedSignal => ({
      analyzer: "trend-starts",
      contractId: "US500",
      timeframe: "1d",
      type: "uptrend_start",
      time: i * DAY_MS,
      triggerTime: (i + 2) * DAY_MS,
      ...(i % 2 === 0 ? {price: 4_700 + i} : {}),
      details: {rule_type: "NewHighWeakAdvance_B", triggering_bar_index: i}
    });
    const signals = Array.from({length: 30}, (_, i) => signal(i));
    expect(await insertSignals(pool, signals)).toBe(30);
    expect(await insertSignals(pool, signals)).toBe(0);
    const found: DetectedSignal[] = [];
    const request = {contractId: "US500", timeframe: "1d", start: 5 * DAY_MS, end: 9 * DAY_MS} as const;
    await withClient(pool, async (client) => {
      for await (const some of readSignals(client, request)) found.push(...some);
    });
    expect(found).toEqual(signals.slice(5, 9));
  });
});
