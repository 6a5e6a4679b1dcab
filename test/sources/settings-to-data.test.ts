import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";
import {ticksToBars} from "../../services/analytics/bars/ticks-to-bars.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {DAY_MS} from "../../services/domain/time.js";
import {defaultSourceEffects} from "../../services/sources/effects.js";
import {openSource} from "../../services/sources/open-source.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import {describeWithData, sharedData} from "./shared-data.js";

const yaml = `
title: Real files
sources:
  exports: {kind: mt5-files, folder: ${sharedData}/mt5, clock: {zone: America/New_York, offsetHours: 7}}
  tester: {kind: mt5-files, folder: ${sharedData}/mt5/reports, reports: "tester-*.html", clock: {zone: Europe/Athens, offsetHours: 0}}
  history: {kind: mt5-files, folder: ${sharedData}/mt5/reports, reports: "demo-*.html", clock: {zone: Europe/Athens, offsetHours: 0}}
  nifty:
    kind: csv
    folder: ${sharedData}/india
    zone: Asia/Kolkata
    files: "nifty50_*_1min.csv"
    header: false
    columns: [timeOfDayMs, open, high, low, close, volume]
    date: "nifty50_(\\\\d{8})_1min"
  daily: {kind: csv, folder: ${sharedData}/india, zone: UTC, files: "nifty50_{symbol}_daily.csv", columns: {time: timestamp, open: open, high: high, low: low, close: close, volume: volume}}
  points: {kind: csv, folder: ${sharedData}/resample, clock: {zone: America/New_York, offsetHours: 7}, files: "{symbol}h1.csv", priceDivisor: 100000, columns: {time: Date, open: open, high: high, low: low, close: close, volume: tick_volume}}
  ticks: {kind: csv, folder: ${sharedData}/ticks, zone: UTC, files: "eurusd_*_tick.csv", header: false, columns: [timeOfDayMs, bid, ask], date: "_(\\\\d{8})_"}
instruments:
  - {id: MT5:EURUSD, name: E, source: exports, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: fx, timeframes: {1m: all}}
  - {id: NSE:NIFTY, name: N, source: nifty, assetClass: index, currency: INR, tickSize: 0.05, calendar: nse, timeframes: {1m: all}}
  - {id: NSE:INFY, name: I, source: daily, symbol: infy, assetClass: equity, currency: INR, tickSize: 0.05, calendar: nse, timeframes: {1d: all}}
  - {id: NSE:TCS, name: T, source: daily, symbol: tcs, assetClass: equity, currency: INR, tickSize: 0.05, calendar: nse, timeframes: {1d: all}}
  - {id: MT5:GBPUSD, name: G, source: points, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: fx, timeframes: {1h: all}}
  - {id: LEAN:EURUSD-TICKS, name: L, source: ticks, symbol: eurusd, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: crypto, timeframes: {1m: all}}
accounts:
  - {id: tester, name: Tester, source: tester, currency: USD, historyDays: all}
  - {id: history, name: History, source: history, currency: USD, historyDays: all}
`;

describeWithData("one settings file over real data of every kind", "mt5", () => {
  const path = join(mkdtempSync(join(tmpdir(), "tapebook-")), "settings.yaml");
  writeFileSync(path, yaml);
  const settings = loadSettings({path, env: {}});
  const effects = {...defaultSourceEffects, env: {}, ticksToBars};

  it.each([
    ["MT5:EURUSD", 30_203],
    ["NSE:NIFTY", 1_509],
    ["NSE:INFY", 876],
    ["NSE:TCS", 876],
    ["MT5:GBPUSD", 57_600],
    ["LEAN:EURUSD-TICKS", 1_363]
  ] satisfies [InstrumentId, number][])("%s: %d bars", async (instrument, length) => {
    const {source, symbol, timeframe} = settings.bars.find((each) => each.instrument === instrument)!;
    const {bars} = await openSource(source, settings, effects).bars!.bars({
      instrument,
      symbol,
      timeframe,
      start: 0,
      end: Date.now()
    });
    expect(bars.length).toBe(length);
  });

  it("makes the very minutes of the ticks that their author made", async () => {
    const columns = ["timeOfDayMs", "open", "high", "low", "close", "-", "-", "-", "-", "-", "-"] as const;
    const source = settings.sources["ticks"]!;
    if (source.kind !== "csv") throw new TypeError("not a CSV source");
    const minutes = {...source, files: "eurusd_*_minute.csv", columns};
    const request = {
      instrument: "LEAN:EURUSD-TICKS",
      symbol: "eurusd",
      timeframe: "1m",
      start: 0,
      end: Date.now()
    } as const;
    const theirs = await openSource("ticks", {...settings, sources: {ticks: minutes}}, effects).bars!.bars(request);
    const ours = await openSource("ticks", settings, effects).bars!.bars(request);
    for (const name of ["time", "open", "high", "low", "close"] as const)
      expect([...ours.bars[name]]).toEqual([...theirs.bars[name]]);
    expect(theirs.warnings.join()).toMatch(/no volume column/);
  });

  it("gives the deals of both reports, and what each states of itself", async () => {
    const tester = openSource("tester", settings, effects).account!;
    expect((await tester.deals({start: 0, end: Date.now()})).deals).toHaveLength(305);
    expect((await tester.stated!())!["equityDrawdownMaximal"]).toEqual([1044.68, 0.0868]);
    const history = openSource("history", settings, effects).account!;
    const {deals} = await history.deals({start: Date.UTC(2016, 7, 8), end: Date.UTC(2016, 7, 8) + DAY_MS});
    expect(deals).toHaveLength(7);
    expect(await history.positions()).toEqual([]);
    expect(await history.state()).toBeUndefined();
  });
});
