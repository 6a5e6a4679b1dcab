import type {InstrumentId} from "../../domain/instrument.js";
import type {EpochMs} from "../../domain/time.js";

/** Why a deal was done, as a terminal says: by hand, by a stop, by a target. */
export type DealReason = "client" | "sl" | "tp";

/** One row of a simulated account's history; `time` in UTC, money in major units, rounded to cents. */
export interface AccountDeal {
  readonly ticket: number;
  /** 0 for a balance deal. */
  readonly order: number;
  readonly time: EpochMs;
  readonly type: "balance" | "buy" | "sell";
  readonly entry: "in" | "out";
  /** 0 for a balance deal. */
  readonly position: number;
  readonly instrument?: InstrumentId;
  readonly symbol: string;
  readonly lots: number;
  readonly price: number;
  readonly profit: number;
  readonly commission: number;
  readonly swap: number;
  readonly stopPrice: number;
  readonly targetPrice: number;
  readonly reason: DealReason;
  readonly comment: string;
}

/** A deal before it has its number. */
export type NewDeal = Omit<AccountDeal, "ticket" | "order">;

/** An amount in whole cents. */
export function toCents(amount: number): number {
  const rounded = Math.round(amount * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}
