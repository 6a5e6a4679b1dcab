import {createHash} from "node:crypto";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {tickColumns} from "../../services/domain/tick-series.js";
import {MINUTE_MS} from "../../services/domain/time.js";
import {dropDuplicateTicks} from "../../services/snapshots/drop-duplicate-ticks.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {encodeTicks} from "../../services/snapshots/encode-ticks.js";
import {joinTicks} from "../../services/snapshots/join-ticks.js";
import {readTicks} from "../../services/snapshots/read-ticks.js";
import {tickHash} from "../../services/snapshots/tick-hash.js";
import {assessTicks} from "../../services/snapshots/tick-quality.js";
import {calendars} from "./calendars.js";
import {openDuckDb} from "./duckdb.js";
import {sampleBars, tuesday} from "./samples.js";
import {sampleTicks, tickRows, tickSeries} from "./tick-samples.js";

const {crypto} = calendars;
const first = {restatements: [], seenAt: tuesday};

describe("a file of ticks", () => {
  const ticks = sampleTicks(130_000);

  it("gives back every tick bit for bit, and is the same bytes each time", async () => {
    const file = await encodeTicks(ticks, {id: "ticks/X-Y", currency: "USD"});
    const read = await readTicks(file);
    for (const name of tickColumns)
      expect(Buffer.from(read[name].buffer).equals(new Uint8Array(ticks[name].buffer)), name).toBe(true);
    const again = await encodeTicks(ticks, {id: "ticks/X-Y", currency: "USD"});
    expect(Buffer.from(again).equals(new Uint8Array(file))).toBe(true);
  });

  it("keeps what a tick does not state apart from zero", async () => {
    const mixed = tickSeries([
      {time: tuesday, bid: 1.1},
      {time: tuesday, last: 1.2, volume: 3},
      {time: tuesday + 1, bid: 1.1, ask: 1.2, last: 1.15, volume: 0}
    ]);
    expect(await readTicks(await encodeTicks(mixed, {id: "ticks/X-Y"}))).toEqual(mixed);
  });

  it("is read by the SQL page's DuckDB, as times without a zone, doubles and NULL", async () => {
    const database = await openDuckDb();
    database.registerFileBuffer("t.parquet", new Uint8Array(await encodeTicks(ticks, {id: "ticks/X-Y"})));
    const sql =
      "select typeof(time) as t, count(*)::int as n, sum(bid) as b, count(last)::int as l, epoch_ms(max(time))::double as m from 't.parquet' group by 1";
    const rows = database.connect().query(sql).toArray();
    expect(rows.map((row) => row.toJSON())).toEqual([
      {t: "TIMESTAMP", n: 130_000, b: expect.closeTo(ticks.bid.reduce((a, b) => a + b)), l: 0, m: ticks.time.at(-1)}
    ]);
  });

  it("of which any byte was changed is refused", async () => {
    const file = await encodeTicks(sampleTicks(100), {id: "ticks/X-Y"});
    for (const at of [10, file.byteLength >> 1, file.byteLength - 20]) {
      const changed = file.slice(0);
      new Uint8Array(changed)[at]! ^= 1;
      await expect(readTicks(changed)).rejects.toMatchObject({code: "SNAPSHOT_DAMAGED"});
    }
  });

  it("is not made of ticks that make no sense, nor read from a file of bars", async () => {
    const wrong = (rows: Parameters<typeof tickSeries>[0]) => encodeTicks(tickSeries(rows), {id: "ticks/X-Y"});
    await expect(
      wrong([
        {time: 5, bid: 1},
        {time: 4, bid: 1}
      ])
    ).rejects.toThrow("ticks out of order at 1: 4 after 5");
    await expect(wrong([{time: 5, bid: -1}])).rejects.toThrow("invalid tick at 0: bid -1");
    await expect(wrong([{time: 5, ask: 1}])).rejects.toThrow("invalid tick at 0");
    await expect(wrong([{time: 5.5, bid: 1}])).rejects.toThrow("time is no whole millisecond: 5.5");
    const bars = encodeBars(sampleBars(3), {id: "bars/X-Y/1m"});
    await expect(readTicks(bars)).rejects.toMatchObject({code: "SNAPSHOT_SCHEMA"});
  });
});

describe("ticks that come twice", () => {
  it("are known by the MD5 of symbol, time, bid and ask", () => {
    const md5 = (text: string) => createHash("md5").update(text).digest("hex");
    expect(tickHash("EURUSD", 1_398_902_400_123, 1.38685, 1.3869)).toBe(md5("EURUSD|1398902400123|1.38685|1.3869"));
    expect(tickHash("EURUSD", 5, 1.1, Number.NaN)).toBe(md5("EURUSD|5|1.1|"));
  });

  it("are dropped, whatever lies between them in their millisecond, and the first is kept", () => {
    const quote = (bid: number, time = 7) => ({time, bid, ask: 1.2});
    const {ticks, duplicateTimes} = dropDuplicateTicks(
      tickSeries([quote(1.1), quote(1.15), quote(1.1), quote(1.1, 8)]),
      "X"
    );
    expect(duplicateTimes).toEqual([7]);
    expect(ticks).toEqual(tickSeries([quote(1.1), quote(1.15), quote(1.1, 8)]));
  });

  it("two like trades in one millisecond are two trades", () => {
    const trade = {time: 7, bid: 1, ask: 2, last: 1.5, volume: 10};
    expect(dropDuplicateTicks(tickSeries([trade, trade]), "X").duplicateTimes).toEqual([]);
  });

  it("are those whose hash was seen before, no more and no fewer", () => {
    const tick = fc.record({step: fc.nat(2), bid: fc.integer({min: 1, max: 3}), ask: fc.integer({min: 1, max: 3})});
    const check = fc.property(fc.array(tick, {maxLength: 40, size: "max"}), (steps) => {
      let time = 0;
      const rows = steps.map(({step, bid, ask}) => {
        time += step;
        return {time, bid: bid / 10, ask: ask / 10};
      });
      const seen = new Set<string>();
      const distinct = rows.filter((row) => {
        const key = tickHash("X", row.time, row.bid, row.ask);
        return !seen.has(key) && seen.add(key);
      });
      expect(dropDuplicateTicks(tickSeries(rows), "X").ticks).toEqual(tickSeries(distinct));
    });
    fc.assert(check, {seed: 7, numRuns: 100});
  });
});

describe("joining ticks", () => {
  const [a, b, c] = [
    {time: 1, bid: 1.1, ask: 1.2},
    {time: 2, bid: 1.11, ask: 1.2},
    {time: 3, bid: 1.12, ask: 1.2}
  ];

  it("any split into overlapping pulls gives the whole, without a restatement", () => {
    const whole = sampleTicks(200, {meanMs: 1});
    const {ticks} = dropDuplicateTicks(whole, "X");
    const cut = (start: number, end: number) =>
      tickSeries(tickRows(ticks).filter(({time}) => time >= start && time < end));
    const [from, to] = [ticks.time[0]!, ticks.time.at(-1)! + 1];
    const check = fc.property(fc.nat(to - from), fc.nat(20), (at, overlap) => {
      const held = cut(from, from + at);
      const joined = joinTicks(held, cut(from + at - overlap, to), first);
      expect(joined).toEqual({ticks, added: ticks.length - held.length, restatements: []});
    });
    fc.assert(check, {seed: 3, numRuns: 50});
  });

  it("nothing new gives back the very series that is held", () => {
    const held = tickSeries([a, b, c]);
    expect(joinTicks(held, tickSeries([b, c]), first).ticks).toBe(held);
  });

  it("one that comes late is taken in, one that is gone is kept, and both are recorded once", () => {
    const held = tickSeries([a, {...b, bid: 1.09}, c]);
    const pulled = tickSeries([a, b, c]);
    const joined = joinTicks(held, pulled, first);
    expect(joined.ticks).toEqual(tickSeries([a, {...b, bid: 1.09}, b, c]));
    expect(joined.restatements).toMatchObject([
      {time: 2, field: "rows", was: 1, is: 0},
      {time: 2, field: "rows", was: 0, is: 1}
    ]);
    const again = joinTicks(joined.ticks, pulled, {...first, restatements: joined.restatements});
    expect(again).toEqual({ticks: joined.ticks, added: 0, restatements: joined.restatements});
  });

  it("like trades are matched one by one", () => {
    const trade = {time: 1, last: 5, volume: 1};
    const joined = joinTicks(tickSeries([trade]), tickSeries([trade, trade]), first);
    expect(joined).toMatchObject({added: 1, restatements: []});
  });

  it("any number of late ticks contradicts nothing", () => {
    const whole = sampleTicks(2_000, {meanMs: 1});
    const {ticks} = dropDuplicateTicks(whole, "X");
    const [from, to] = [ticks.time[400]!, ticks.time[1_400]!];
    const held = tickSeries(tickRows(ticks).filter(({time}) => time < from || time > to));
    const joined = joinTicks(held, ticks, first);
    expect(joined.ticks).toEqual(ticks);
    expect(joined.restatements).toMatchObject([{field: "rows", was: 0, is: ticks.length - held.length}]);
    expect(ticks.length - held.length).toBeGreaterThan(900);
  });

  it("a hundred thousand of one millisecond, in another order, are each known again", () => {
    const rows = Array.from({length: 100_000}, (_, i) => ({
      time: 5,
      bid: 1 + (i % 50_000) / 1e5,
      last: 1,
      volume: i % 2
    }));
    const held = tickSeries([a, ...rows, {...c, time: 9}]);
    const pulled = tickSeries([a, ...rows.toReversed(), {...rows[0]!, volume: 7}, {...c, time: 9}]);
    const joined = joinTicks(held, pulled, first);
    expect(joined).toMatchObject({added: 1, restatements: [{time: 5, field: "rows", was: 0, is: 1}]});
  });

  it("another history is refused, not mixed in", () => {
    const other = sampleTicks(2_000);
    const shifted = tickSeries(tickRows(other).map((tick) => ({...tick, bid: tick.bid! + 0.5, ask: tick.ask! + 0.5})));
    expect(() => joinTicks(other, shifted, first)).toThrow(
      /no longer has \d+ ticks that it gave before; nothing was changed/
    );
  });
});

describe("what is known of ticks", () => {
  const dense = sampleTicks(20_000);

  it("clean ones raise nothing", () => {
    const {gaps, offSession, warnings, coverage} = assessTicks(dense, crypto);
    expect({gaps, offSession, warnings}).toEqual({
      gaps: [],
      offSession: {preOpen: 0, postClose: 0, closedDay: 0},
      warnings: []
    });
    expect(coverage.every(({found, expected}) => found === expected)).toBe(true);
  });

  it("five silent minutes in a session are a gap, counted by fives", () => {
    const [start, end] = [tuesday + 32 * MINUTE_MS, tuesday + 48 * MINUTE_MS];
    const holed = tickSeries(tickRows(dense).filter(({time}) => time < start || time >= end));
    expect(assessTicks(holed, crypto).gaps).toEqual([
      {start: tuesday + 35 * MINUTE_MS, end: tuesday + 45 * MINUTE_MS, missing: 2}
    ]);
  });

  it("an ask below the bid and a price that leaps and returns are told", () => {
    const rows = tickRows(dense);
    rows[100] = {...rows[100]!, ask: rows[100]!.bid! - 0.00001};
    rows[5_000] = {...rows[5_000]!, bid: rows[5_000]!.bid! * 1.01, ask: rows[5_000]!.ask! * 1.01};
    expect(assessTicks(tickSeries(rows), crypto).warnings).toEqual([
      expect.stringMatching(/^1 quote whose ask lies below the bid, the first at 2024-01-02T00:00:/),
      expect.stringMatching(/: a spike of \d+ usual moves, undone by the next tick$/)
    ]);
  });

  it("times that fall are refused", () => {
    expect(() =>
      assessTicks(
        tickSeries([
          {time: 2, bid: 1},
          {time: 1, bid: 1}
        ]),
        crypto
      )
    ).toThrow("ticks out of order at 1");
  });
});
