import type {Side} from "./deal.js";
import type {InstrumentId} from "./instrument.js";
import type {Money} from "./money.js";
import type {EpochMs} from "./time.js";

/** The net holding now, one row per open position of an account. */
export interface Position {
  readonly ticket: string;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly volumeLots: number;
  readonly openTime: EpochMs;
  readonly openPrice: number;
  readonly currentPrice: number;
  readonly stopPrice?: number;
  readonly profit: Money;
}

/** An account as its broker states it at a moment; never its login, its server or its owner's name. */
export interface AccountState {
  readonly time: EpochMs;
  readonly currency: string;
  readonly balance: Money;
  readonly equity: Money;
}
