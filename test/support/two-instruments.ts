/** Settings of two instruments whose days are in a folder of CSV files each. */
export const settings = `
title: Two instruments
simulated: false
display: {zone: Asia/Kolkata, locale: en-GB}
sources:
  one: {kind: csv, folder: ./one, files: "*.csv", zone: UTC, columns: {time: time, open: open, high: high, low: low, close: close, volume: volume}, timeframe: 1d}
  two: {kind: csv, folder: ./two, files: "*.csv", zone: UTC, columns: {time: time, open: open, high: high, low: low, close: close, volume: volume}, timeframe: 1d}
instruments:
  - {id: "X:ONE", name: First, source: one, assetClass: index, currency: USD, tickSize: 0.01, calendar: crypto, timeframes: {1d: all}}
  - {id: "X:TWO", name: Second, source: two, assetClass: index, currency: USD, tickSize: 0.01, calendar: crypto, timeframes: {1d: all}}
accounts: []
`;

/** So many days from the first of 2024 on, each a bar that closes one above the last. */
export function barsCsv(count: number, base: number): string {
  const rows = Array.from({length: count}, (_, i) => {
    const close = base + i;
    return [new Date(Date.UTC(2024, 0, 1 + i)).toISOString(), close, close + 2, close - 1, close, 10].join(",");
  });
  return ["time,open,high,low,close,volume", ...rows, ""].join("\n");
}
