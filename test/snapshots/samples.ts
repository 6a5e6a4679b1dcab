import {type BarSeries, createBarSeries} from "../../services/domain/bar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {Deal} from "../../services/domain/deal.js";
import {toMoney} from "../../services/domain/money.js";
import type {Position} from "../../services/domain/position.js";
import {MINUTE_MS} from "../../services/domain/time.js";

/** 2024-01-02 (a Tuesday) 00:00 UTC. */
export const tuesday = Date.UTC(2024, 0, 2);

/** Minute bars that differ from one another, from a fixed recurrence. */
export function sampleBars(length: number, {start = tuesday, stepMs = MINUTE_MS, base = 100} = {}): BarSeries {
  const bars = createBarSeries(length);
  let close = base;
  for (let i = 0; i < length; ++i) {
    const open = close;
    close = open * (1 + ((((i * 7919) % 101) - 50) / 100) * 1e-3);
    bars.time[i] = start + i * stepMs;
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = Math.max(open, close) * 1.0002;
    bars.low[i] = Math.min(open, close) * 0.9998;
    bars.volume[i] = 1 + ((i * 31) % 17);
  }
  return bars;
}

export const zero = {profit: usd(0), commission: usd(0), swap: usd(0), fee: usd(0)};

export function usd(amount: number) {
  return toMoney(amount, "USD");
}

export const sampleDeals: readonly Deal[] = [
  {...zero, type: "balance", ticket: "1", time: tuesday, profit: usd(10_000)},
  {
    ...zero,
    type: "buy",
    ticket: "2",
    time: tuesday + MINUTE_MS,
    instrument: "MT5:EURUSD",
    entry: "in",
    position: "77",
    volumeLots: 0.1,
    price: 1.10123,
    stopPrice: 1.099,
    commission: usd(-0.35)
  },
  {
    ...zero,
    type: "sell",
    ticket: "3",
    time: tuesday + 2 * MINUTE_MS,
    instrument: "MT5:EURUSD",
    entry: "out",
    position: "77",
    volumeLots: 0.1,
    price: 1.10223,
    profit: usd(10),
    swap: usd(-0.02)
  }
];

export const samplePositions: readonly Position[] = [
  {
    ticket: "88",
    instrument: "NSE:M&M",
    side: "sell",
    volumeLots: 25,
    openTime: tuesday,
    openPrice: 1650.05,
    currentPrice: 1649.5,
    profit: toMoney(13.75, "INR")
  }
];

/** A catalogue entry of nothing in particular. */
export function sampleDataset(over: Partial<Dataset> = {}): Dataset {
  return {
    id: "bars/MT5-EURUSD/1m",
    kind: "bars",
    instrument: "MT5:EURUSD",
    timeframe: "1m",
    source: "mt5-a",
    sourceKind: "mt5-bridge",
    simulated: true,
    firstTime: tuesday,
    lastTime: tuesday,
    rows: 1,
    coverage: [],
    gaps: [],
    offSession: {preOpen: 0, postClose: 0, closedDay: 0},
    duplicatesDropped: 0,
    restatements: [],
    warnings: [],
    sha256: "",
    bytes: 0,
    loaderVersion: "test",
    durationMs: 1,
    checkedTime: tuesday,
    takenTime: tuesday,
    ...over
  };
}
