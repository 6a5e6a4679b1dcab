import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import {MINUTE_MS} from "../../services/domain/time.js";

/** The NSE on weekdays, 2 January 2019 a trading day. */
export const nse: TradingCalendar = {
  name: "nse",
  zone: "Asia/Kolkata",
  openMinute: 9 * 60 + 15,
  closeMinute: 15 * 60 + 30,
  weekdays: [1, 2, 3, 4, 5],
  holidays: ["2019-01-04"],
  special: {}
};

export const open = Date.UTC(2019, 0, 2, 3, 45);

/** One full session of minute bars, with any fact changed. */
export function sampleDataset(changes: Partial<Dataset> = {}): Dataset {
  return {
    id: "bars/NSE-INFY/1m",
    kind: "bars",
    instrument: "NSE:INFY",
    timeframe: "1m",
    source: "kite",
    sourceKind: "kite",
    simulated: true,
    firstTime: open,
    lastTime: open + 374 * MINUTE_MS,
    rows: 375,
    coverage: [{date: "2019-01-02", found: 375, expected: 375}],
    gaps: [],
    offSession: {preOpen: 0, postClose: 0, closedDay: 0},
    duplicatesDropped: 0,
    restatements: [],
    warnings: [],
    sha256: "0f".repeat(32),
    bytes: 12_345,
    loaderVersion: "abc123",
    durationMs: 250,
    checkedTime: open + 400 * MINUTE_MS,
    takenTime: open + 400 * MINUTE_MS,
    ...changes
  };
}
