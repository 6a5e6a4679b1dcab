import {join} from "node:path";

/**
 * Settings that point the whole site at the real data of a folder: a terminal's export, two brokers' reports, an
 * Indian session, a resampling pair, a day of ticks and a reference series for indicators.
 */
export function realSettings(shared: string): string {
  const folder = (name: string) => JSON.stringify(join(shared, name));
  return `
title: Real data
simulated: false
display: {zone: UTC, locale: en-GB}
sources:
  terminal: {kind: mt5-files, folder: ${folder("mt5")}, bars: "{symbol}_{timeframe}_*.tsv", clock: {zone: America/New_York, offsetHours: 7}}
  tester: {kind: mt5-files, folder: ${folder("mt5/reports")}, reports: tester-*.html, clock: {zone: America/New_York, offsetHours: 7}}
  history: {kind: mt5-files, folder: ${folder("mt5/reports")}, reports: demo-*.html, clock: {zone: America/New_York, offsetHours: 7}}
  nifty: {kind: csv, folder: ${folder("india")}, files: nifty50_20190102_1min.csv, zone: Asia/Kolkata, header: false, columns: [timeOfDayMs, open, high, low, close, volume], date: "_(\\\\d{8})_", timeframe: 1m}
  hours: {kind: csv, folder: ${folder("resample")}, files: GBPUSDh1.csv, zone: UTC, columns: {time: Date, open: Open, high: High, low: Low, close: Close, volume: tick_volume}, priceDivisor: 100000, timeframe: 1h}
  ticks: {kind: csv, folder: ${folder("ticks")}, files: eurusd_*_tick.csv, zone: UTC, header: false, columns: [timeOfDayMs, bid, ask], date: "_(\\\\d{8})_"}
  quotes: {kind: csv, folder: ${folder("indicators")}, files: quotes.csv, zone: America/New_York, columns: {time: date, open: open, high: high, low: low, close: close, volume: volume}, timeframe: 1d}
instruments:
  - {id: "MT5:EURUSD", name: Euro / US dollar, source: terminal, assetClass: fx, currency: USD, tickSize: 0.00001, contractSize: 100000, calendar: fx, timeframes: {1m: all}}
  - {id: "NSE:NIFTY50", name: NIFTY 50, source: nifty, assetClass: index, currency: INR, tickSize: 0.05, calendar: nse, timeframes: {1m: all}}
  - {id: "FX:GBPUSD", name: Pound / US dollar, source: hours, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: crypto, timeframes: {1h: all}}
  - {id: "FX:EURTICKS", name: Euro / US dollar ticks, source: ticks, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: crypto, timeframes: {1m: all}}
  - {id: "ARCA:SPY", name: Reference quotes, source: quotes, assetClass: equity, currency: USD, tickSize: 0.01, calendar: nyse, timeframes: {1d: all}}
accounts:
  - {id: tester, name: Strategy tester, source: tester, currency: USD, zone: America/New_York, historyDays: all}
  - {id: history, name: Account history, source: history, currency: USD, zone: America/New_York, historyDays: all}
`;
}
