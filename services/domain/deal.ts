import type {InstrumentId} from "./instrument.js";
import type {Money} from "./money.js";
import type {EpochMs} from "./time.js";

/** Which way a deal or a position goes: a bought position gains as the price rises. */
export type Side = "buy" | "sell";

/** How a deal changes a position: opens or adds, closes or cuts, turns it round, or closes it by an opposite one. */
export type DealEntry = "in" | "out" | "inout" | "out-by";

interface DealBase {
  /** The broker's number for the deal; unique in the account, as text. */
  readonly ticket: string;
  readonly time: EpochMs;
  readonly profit: Money;
  readonly commission: Money;
  readonly swap: Money;
  readonly fee: Money;
}

/** One execution, as the broker's history states it. */
export interface TradeDeal extends DealBase {
  readonly type: Side;
  readonly instrument: InstrumentId;
  readonly entry: DealEntry;
  /** The position it belongs to where the broker says; deals of one position share it. */
  readonly position: string;
  readonly volumeLots: number;
  readonly price: number;
  /** Stop loss of the position when it was opened, where known: initial risk is measured to it. */
  readonly stopPrice?: number;
}

/** Money in or out that is no trade: deposit, withdrawal, credit, correction. */
export interface BalanceDeal extends DealBase {
  readonly type: "balance";
}

/** One row of an account's history as its broker states it. */
export type Deal = TradeDeal | BalanceDeal;
