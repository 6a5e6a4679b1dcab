import type {InstrumentId} from "../../domain/instrument.js";
import type {EpochMs} from "../../domain/time.js";
import type {InstrumentTape} from "../tape/instrument-tape.js";
import type {Tape} from "../tape/tape.js";
import {type AccountPosition, balanceOf, openPositions} from "../trader/account.js";
import {type AccountDeal, toCents} from "../trader/account-deal.js";
import type {TraderHistory} from "../trader/history.js";
import type {VenueReply} from "../venue/http.js";
import type {BridgeQuirks} from "./quirks.js";
import type {ServerTime} from "./server-time.js";

/** What a bridge's routes answer from, at the moment of a request. */
export interface BridgeState {
  readonly tape: Tape;
  readonly history: TraderHistory;
  readonly quirks: BridgeQuirks;
  readonly clock: ServerTime;
  readonly now: EpochMs;
  /** Rows at most, by a fault. */
  readonly mostRows: number;
  /** Whether this bridge has the planted defects. */
  readonly hasDefects: boolean;
}

/** A refusal as the bridge words it. */
export function refuse(status: number, error: string, more: Record<string, unknown> = {}): VenueReply {
  return {status, body: {error, ...more}};
}

/** An answer as the bridge gives it. */
export function answer(body: unknown): VenueReply {
  return {status: 200, body};
}

/** The tape of a terminal's symbol: those of the `MT5` venue. */
export function symbolTape({tape}: BridgeState, symbol: string): InstrumentTape | undefined {
  const spec = tape.instruments.find(({id}) => id === (`MT5:${symbol}` as InstrumentId));
  return spec && tape.of(spec.id);
}

/** The account's deals so far, oldest first. */
export function dealsNow({history, now}: BridgeState): readonly AccountDeal[] {
  return history.deals(now);
}

/** The account's open positions at the prices of now. */
export function positionsNow(state: BridgeState): AccountPosition[] {
  return openPositions(dealsNow(state), state.history.spec, state.tape, state.now);
}

/** Balance, and what the open positions add to it. */
export function standing(state: BridgeState): {
  balance: number;
  profit: number;
  equity: number;
  positions: AccountPosition[];
} {
  const positions = positionsNow(state);
  const profit = toCents(positions.reduce((sum, each) => sum + each.profit + each.swap, 0));
  const balance = balanceOf(dealsNow(state));
  return {balance, profit, equity: toCents(balance + profit), positions};
}
