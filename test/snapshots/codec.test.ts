import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {barColumns, sliceBars} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {toMoney} from "../../services/domain/money.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {encodeCloses} from "../../services/snapshots/encode-closes.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {encodePositions} from "../../services/snapshots/encode-positions.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readCloses} from "../../services/snapshots/read-closes.js";
import {readColumns} from "../../services/snapshots/read-columns.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readMetadata} from "../../services/snapshots/read-metadata.js";
import {readAccountState, readPositions, readStatedFigures} from "../../services/snapshots/read-positions.js";
import {sampleBars, sampleDataset, sampleDeals, samplePositions, tuesday} from "./samples.js";

const numRuns = process.env["TAPEBOOK_VERIFY"] ? 20_000 : 400;
const id = "bars/MT5-EURUSD/1m";

describe("bars", () => {
  it.each([0, 1, 2, 1000, 130_000])("%i bars come back bit for bit", async (length) => {
    const bars = sampleBars(length);
    expect(await readBars(encodeBars(bars, {id}))).toEqual(bars);
  });

  it("any finite bar comes back bit for bit", async () => {
    const price = fc.double({min: 1e-9, max: 1e12, noNaN: true});
    const row = fc.record({
      a: price,
      b: price,
      c: price,
      d: price,
      volume: fc.double({min: 0, max: 1e15, noNaN: true}),
      step: fc.integer({min: 1, max: 2 ** 40})
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, {maxLength: 40, size: "max"}),
        fc.integer({min: -(2 ** 45), max: 2 ** 45}),
        async (rows, start) => {
          const bars = sampleBars(rows.length);
          let time = start;
          rows.forEach(({a, b, c, d, volume, step}, i) => {
            time += step;
            bars.time[i] = time;
            [bars.open[i], bars.close[i], bars.volume[i]] = [a, b, volume];
            [bars.low[i], bars.high[i]] = [Math.min(a, b, c, d), Math.max(a, b, c, d)];
          });
          expect(await readBars(encodeBars(bars, {id}))).toEqual(bars);
        }
      ),
      {seed: 1, numRuns: Math.ceil(numRuns / 4)}
    );
  });

  it("the same bars give the same bytes", () => {
    const encode = () => new Uint8Array(encodeBars(sampleBars(500), {id, lineage: sampleDataset()}));
    expect(encode()).toEqual(encode());
  });

  it("a file names its schema, data set, zone and units", () => {
    const notes = readMetadata(encodeBars(sampleBars(3), {id, currency: "USD"}));
    expect(notes.get("tapebook.schema")).toBe("bars/1");
    expect(notes.get("tapebook.dataset")).toBe(id);
    expect(notes.get("tapebook.zone")).toBe("UTC");
    expect(JSON.parse(notes.get("tapebook.units")!)).toMatchObject({
      open: "USD",
      time: "ms since 1970-01-01T00:00:00Z"
    });
  });

  it("only the columns that are asked for are read", async () => {
    const {columns} = await readColumns(encodeBars(sampleBars(5), {id}), ["close"]);
    expect(Object.keys(columns)).toEqual(["close"]);
  });

  it("a column that is not there is named, with those that are", async () => {
    await expect(readColumns(encodeBars(sampleBars(5), {id}), ["clsoe"])).rejects.toThrow(
      "no column clsoe: the file has time, open, high, low, close, volume"
    );
  });

  it.each(barColumns)("a NaN in %s is refused before it is written", (column) => {
    const bars = sampleBars(5);
    bars[column][3] = NaN;
    expect(() => encodeBars(bars, {id})).toThrow(/invalid bar at 3/);
  });
});

describe("deals and positions", () => {
  it("deals come back as they were, balance rows without what only a trade has", async () => {
    expect(await readDeals(encodeDeals(sampleDeals, {id: "deals/alpha"}))).toEqual(sampleDeals);
    expect(await readDeals(encodeDeals([], {id: "deals/alpha"}))).toEqual([]);
  });

  it("amounts beyond 32 bits are exact", async () => {
    const [balance] = sampleDeals;
    const large = [{...balance!, profit: {minor: 9_007_199_254_740_991, currency: "USD"}}];
    expect(await readDeals(encodeDeals(large, {id: "deals/alpha"}))).toEqual(large);
  });

  it("positions, state and stated figures come back as they were", async () => {
    const state = {time: tuesday, currency: "INR", balance: toMoney(100, "INR"), equity: toMoney(113.75, "INR")};
    const file = encodePositions({positions: samplePositions, state, stated: {net: 1665.38}}, {id: "positions/alpha"});
    expect(await readPositions(file)).toEqual(samplePositions);
    expect(readAccountState(file)).toEqual(state);
    expect(readStatedFigures(file)).toEqual({net: 1665.38});
  });

  it("an account without a state has none, not an empty one", () => {
    const file = encodePositions({positions: []}, {id: "positions/alpha"});
    expect(readAccountState(file)).toBeUndefined();
    expect(readStatedFigures(file)).toBeUndefined();
  });

  it("closes come back by instrument", async () => {
    const series = (n: number) => ({length: n, time: sampleBars(n).time, close: sampleBars(n).close});
    const closes = new Map<InstrumentId, ReturnType<typeof series>>([
      ["MT5:EURUSD", series(4)],
      ["NSE:M&M", series(2)]
    ]);
    expect(await readCloses(encodeCloses(closes, {id: "closes/alpha"}))).toEqual(closes);
  });

  it("a file of another kind is refused by name", async () => {
    await expect(readBars(encodeDeals(sampleDeals, {id: "deals/alpha"}))).rejects.toThrow(
      "not a snapshot of bars/1: deals/1"
    );
  });
});

describe("damaged files", () => {
  const whole = encodeBars(sampleBars(400), {id, lineage: sampleDataset()});
  const code = (error: unknown) => (error as {code?: string}).code;

  it("a file cut short anywhere is refused with a code", async () => {
    for (let length = 0; length < whole.byteLength; length += 97) {
      const error = await readBars(whole.slice(0, length)).catch((caught: unknown) => caught);
      expect([length, code(error)]).toEqual([length, "SNAPSHOT_DAMAGED"]);
    }
  });

  it("any bytes at all are refused with a code", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({maxLength: 300, size: "max"}), async (bytes) => {
        const error = await readColumns(new Uint8Array(bytes).buffer).catch((caught: unknown) => caught);
        expect(code(error)).toBe("SNAPSHOT_DAMAGED");
      }),
      {seed: 3, numRuns}
    );
  });

  it("a part of a series is encoded alone, not the memory it shares", async () => {
    const part = sliceBars(sampleBars(100), 40, 60);
    expect((await readBars(encodeBars(part, {id}))).time).toEqual(part.time.slice());
  });
});
