import type {Deal} from "../domain/deal.js";
import type {AccountState, Position} from "../domain/position.js";
import type {EpochMs} from "../domain/time.js";

/** Deals as a source tells them, with what a person should know of them. */
export interface SourcedDeals {
  /** Oldest first, ties by ticket. */
  readonly deals: Deal[];
  readonly warnings: readonly string[];
}

/** Where an account's history comes from: a bridge, or a report a person saved. */
export interface AccountSource {
  /** Deals with start ≤ time < end. */
  deals(request: {readonly start: EpochMs; readonly end: EpochMs}, signal?: AbortSignal): Promise<SourcedDeals>;
  /** Open positions now; empty where the source holds history only. */
  positions(signal?: AbortSignal): Promise<Position[]>;
  /** `undefined` where the source holds history only. */
  state(signal?: AbortSignal): Promise<AccountState | undefined>;
  /** Figures that a saved report states of itself, by name; left out where a source states none. */
  stated?(signal?: AbortSignal): Promise<Readonly<Record<string, readonly number[]>> | undefined>;
}
