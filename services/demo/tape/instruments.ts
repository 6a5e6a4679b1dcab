import type {Instrument} from "../../domain/instrument.js";

/** Bars on which a structure may be planted. */
export type PlantTimeframe = "1d" | "15m";

/** How one simulated instrument behaves. Rates are per year, fractions; prices are in its currency. */
export interface TapeInstrument extends Instrument {
  /** Price at the tape's origin, and the yearly drift of the level it returns to. */
  readonly startPrice: number;
  readonly drift: number;
  readonly volatility: number;
  /** Share of a day's variance that falls between sessions. */
  readonly gapShare: number;
  /** Usual volume of a full session: ticks for quotes, shares for trades. */
  readonly sessionVolume: number;
  /** Usual spread, in steps of the price. */
  readonly spreadSteps: number;
  /** What it moves with, and how much of its movement that is: −1 to 1. */
  readonly factor: string;
  readonly loading: number;
  /** Quotes carry bid and ask and count ticks; trades carry a price and a quantity. */
  readonly ticks: "quotes" | "trades";
  /** The bars on which structures are planted, and how many sessions lie between two of them, from and to. */
  readonly plants?: {readonly timeframe: PlantTimeframe; readonly sessions: readonly [number, number]};
}

const fx = {
  assetClass: "fx",
  calendar: "fx",
  contractSize: 100_000,
  ticks: "quotes",
  gapShare: 0.02,
  plants: {timeframe: "15m", sessions: [6, 14]}
} as const;
const share = {
  assetClass: "equity",
  calendar: "nse",
  currency: "INR",
  contractSize: 1,
  tickSize: 0.05,
  ticks: "trades",
  gapShare: 0.35,
  spreadSteps: 1,
  factor: "india"
} as const;

/** The instruments of the demo: currencies and gold in quotes, an index, three shares of the NSE in trades. */
export const tapeInstruments: readonly TapeInstrument[] = [
  {
    ...fx,
    id: "MT5:EURUSD",
    name: "Euro / US dollar",
    currency: "USD",
    tickSize: 0.00001,
    startPrice: 1.07,
    drift: 0.02,
    volatility: 0.075,
    sessionVolume: 64_000,
    spreadSteps: 8,
    factor: "dollar",
    loading: -0.8
  },
  {
    ...fx,
    id: "MT5:GBPUSD",
    name: "Pound / US dollar",
    currency: "USD",
    tickSize: 0.00001,
    startPrice: 1.21,
    drift: 0.022,
    volatility: 0.085,
    sessionVolume: 58_000,
    spreadSteps: 12,
    factor: "dollar",
    loading: -0.7
  },
  {
    ...fx,
    id: "MT5:USDJPY",
    name: "US dollar / yen",
    currency: "JPY",
    tickSize: 0.001,
    startPrice: 131,
    drift: 0.04,
    volatility: 0.1,
    sessionVolume: 60_000,
    spreadSteps: 11,
    factor: "dollar",
    loading: 0.6
  },
  {
    ...fx,
    id: "MT5:XAUUSD",
    name: "Gold / US dollar",
    assetClass: "metal",
    currency: "USD",
    contractSize: 100,
    tickSize: 0.01,
    startPrice: 1_830,
    drift: 0.2,
    volatility: 0.15,
    sessionVolume: 84_000,
    spreadSteps: 22,
    factor: "dollar",
    loading: -0.45,
    plants: {timeframe: "1d", sessions: [60, 120]}
  },
  {
    ...fx,
    id: "CFD:US500",
    name: "US 500 index",
    assetClass: "index",
    currency: "USD",
    contractSize: 1,
    tickSize: 0.1,
    startPrice: 3_850,
    drift: 0.14,
    volatility: 0.16,
    sessionVolume: 42_000,
    spreadSteps: 5,
    factor: "equity",
    loading: 0.9
  },
  {
    ...share,
    id: "NSE:INFY",
    name: "Infosys",
    startPrice: 1_510,
    drift: 0.03,
    volatility: 0.25,
    sessionVolume: 6_500_000,
    loading: 0.55,
    plants: {timeframe: "15m", sessions: [10, 20]}
  },
  {
    ...share,
    id: "NSE:RELIANCE",
    name: "Reliance Industries",
    startPrice: 1_180,
    drift: 0.05,
    volatility: 0.23,
    sessionVolume: 11_000_000,
    loading: 0.7,
    plants: {timeframe: "1d", sessions: [50, 110]}
  },
  {
    ...share,
    id: "NSE:HDFCBANK",
    name: "HDFC Bank",
    startPrice: 815,
    drift: 0.05,
    volatility: 0.2,
    sessionVolume: 16_000_000,
    loading: 0.75,
    plants: {timeframe: "15m", sessions: [12, 24]}
  }
];

/** An index of the exchange, which the simulated Kite sends as indices are sent; no instrument of the demo's settings. */
export const exchangeIndex: TapeInstrument = {
  ...share,
  id: "NSE:NIFTY 50",
  name: "NIFTY 50",
  assetClass: "index",
  startPrice: 18_200,
  drift: 0.1,
  volatility: 0.13,
  sessionVolume: 250_000,
  loading: 0.95
};
