import type {InstrumentId} from "../../domain/instrument.js";
import type {SessionDate} from "../../domain/time.js";

/** How strong each planted habit is: 0 for none, 1 for all the way. */
export interface Habits {
  /** Goes in again within minutes of a loss. */
  readonly reentryAfterLoss: number;
  /** Takes gains soon and lets losses run. */
  readonly holdLosers: number;
  /** Trades larger with every win in a row. */
  readonly sizeAfterWins: number;
}

/** What a trader trades, and what it costs. Money is in the account's currency. */
export interface Market {
  readonly instrument: InstrumentId;
  readonly symbol: string;
  readonly lots: number;
  /** Per lot and night, for a long and for a short position. */
  readonly swapLong: number;
  readonly swapShort: number;
}

/** A simulated account and the person behind it. */
export interface TraderSpec {
  readonly id: string;
  readonly login: number;
  /** Numbers of its orders and deals count on from here. */
  readonly firstOrder: number;
  readonly firstDeal: number;
  readonly opened: SessionDate;
  readonly zone: string;
  /** Hours at the desk, in minutes of the day in that zone. */
  readonly hours: readonly [number, number];
  readonly deposit: number;
  /** Later deposits and withdrawals: days after the opening, and amount. */
  readonly transfers: readonly (readonly [number, number])[];
  readonly entriesPerDay: number;
  readonly mostOpen: number;
  /** Per lot and side. */
  readonly commission: number;
  readonly markets: readonly Market[];
  readonly habits: Habits;
}

const markets: readonly Market[] = [
  {instrument: "MT5:EURUSD", symbol: "EURUSD", lots: 0.3, swapLong: -6.1, swapShort: 2.2},
  {instrument: "MT5:GBPUSD", symbol: "GBPUSD", lots: 0.25, swapLong: -3.2, swapShort: -1.1},
  {instrument: "MT5:USDJPY", symbol: "USDJPY", lots: 0.25, swapLong: 9.4, swapShort: -17.5},
  {instrument: "MT5:XAUUSD", symbol: "XAUUSD", lots: 0.06, swapLong: -42, swapShort: 18}
];

/** The demo's two accounts: one driven by its losses, the other by its gains. */
export const traders: readonly TraderSpec[] = [
  {
    id: "alpha",
    login: 50_012_861,
    firstOrder: 1_183_402_000,
    firstDeal: 902_771_000,
    opened: "2025-05-05",
    zone: "America/New_York",
    hours: [3 * 60, 15 * 60 + 30],
    deposit: 25_000,
    transfers: [
      [122, 5_000],
      [310, -2_000]
    ],
    entriesPerDay: 1.15,
    mostOpen: 6,
    commission: 3.5,
    markets,
    habits: {reentryAfterLoss: 0.7, holdLosers: 0.6, sizeAfterWins: 0.3}
  },
  {
    id: "beta",
    login: 7_204_415,
    firstOrder: 33_510_000,
    firstDeal: 28_960_000,
    opened: "2025-05-12",
    zone: "Europe/Athens",
    hours: [9 * 60, 20 * 60],
    deposit: 40_000,
    transfers: [[201, 10_000]],
    entriesPerDay: 1.2,
    mostOpen: 4,
    commission: 3,
    markets: markets.filter(({symbol}) => symbol !== "GBPUSD"),
    habits: {reentryAfterLoss: 0.1, holdLosers: 0, sizeAfterWins: 0.8}
  }
];
