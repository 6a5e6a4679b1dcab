import type {InstrumentId} from "./instrument.js";
import type {EpochMs} from "./time.js";

interface TickBase {
  readonly instrument: InstrumentId;
  /** When the venue says it happened. */
  readonly eventTime: EpochMs;
  /** When we saw it. */
  readonly receivedTime: EpochMs;
}

/** Best bid and ask at a moment. */
export interface QuoteTick extends TickBase {
  readonly type: "quote";
  readonly bid: number;
  readonly ask: number;
}

/** A price dealt at; `dayVolume` is the venue's cumulative count for the day where it gives one. */
export interface TradeTick extends TickBase {
  readonly type: "trade";
  readonly price: number;
  readonly volume: number;
  readonly dayVolume?: number;
}

/** One market event of an instrument: a quote where prices are set, a trade where one was dealt. */
export type Tick = QuoteTick | TradeTick;

/** The price a bar is built from: the bid of a quote (as MetaTrader does), the price of a trade. */
export function tickPrice(tick: Tick): number {
  return tick.type === "quote" ? tick.bid : tick.price;
}
