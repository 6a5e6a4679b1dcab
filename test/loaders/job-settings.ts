import {DAY_MS} from "../../services/domain/time.js";
import {sampleBars, tuesday} from "../snapshots/samples.js";
import {settingsOf} from "./job-kit.js";

/** Settings with one instrument of the source `venue`, and more lines where a test needs them. */
export function settingsFor({days = "2", timeframe = "1m", more = ""} = {}) {
  return settingsOf(`
title: Test
sources:
  venue: {kind: csv, folder: x, files: "{symbol}.csv", zone: UTC, header: false, columns: [time, open, high, low, close, volume]}
  other: {kind: csv, folder: x, files: "{symbol}.csv", zone: UTC, header: false, columns: [time, open, high, low, close, volume]}
  reports: {kind: mt5-files, folder: x, clock: {zone: UTC, offsetHours: 0}}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: venue, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: crypto, timeframes: {${timeframe}: ${days}}}
${more}
`);
}

/** One more instrument, of the source `other`. */
export const gold =
  "  - {id: MT5:XAUUSD, name: Gold, source: other, assetClass: metal, currency: USD, tickSize: 0.01, calendar: crypto, timeframes: {1m: 2}}";
/** An account of the source `reports`. */
export const account = "accounts:\n  - {id: alpha, name: Alpha, source: reports, currency: USD, historyDays: 700}";

/** Three days of minutes from Tuesday on. */
export const tape = sampleBars(3 * 1440);
/** Wednesday noon. */
export const minute = tuesday + 1.5 * DAY_MS;
/** A moment at which the bar before Wednesday noon has settled. */
export const noon = minute + 10_000;
export const eurusd = "bars/MT5-EURUSD/1m";
