import {expect, it} from "vitest";
import type {Bar} from "../../services/domain/bar.js";
import {toBarSeries} from "../../services/domain/bar.js";
import {encodeAllBars} from "../../services/snapshots/encode-all-bars.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {readAllBars} from "../../services/snapshots/read-all-bars.js";

const bar = (time: number, price: number): Bar => ({
  time,
  open: price,
  high: price + 1,
  low: price,
  close: price,
  volume: 3
});

it("bars of several instruments come back by instrument", async () => {
  const euro = toBarSeries([bar(0, 1), bar(60_000, 2)]);
  const infosys = toBarSeries([bar(-60_000, 1_500)]);
  const file = encodeAllBars(
    new Map([
      ["MT5:EURUSD", euro],
      ["NSE:INFY", infosys]
    ] as const),
    {id: "live/1m"}
  );
  const read = await readAllBars(file);
  expect([...read.keys()]).toEqual(["MT5:EURUSD", "NSE:INFY"]);
  expect(read.get("MT5:EURUSD")).toEqual(euro);
  expect(read.get("NSE:INFY")).toEqual(infosys);
});

it("no instrument is an empty file that reads as none", async () => {
  expect((await readAllBars(encodeAllBars(new Map(), {id: "live/1m"}))).size).toBe(0);
});

it("a file of one instrument's bars is refused", async () => {
  await expect(readAllBars(encodeBars(toBarSeries([bar(0, 1)]), {id: "bars/X/1m"}))).rejects.toMatchObject({
    code: "SNAPSHOT_SCHEMA"
  });
});

it("bars out of order are not written", () => {
  const wrong = toBarSeries([bar(60_000, 1), bar(0, 2)]);
  expect(() => encodeAllBars(new Map([["MT5:EURUSD", wrong]] as const), {id: "live/1m"})).toThrow(
    "bars out of order at 1"
  );
});
