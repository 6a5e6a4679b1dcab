import type {Side} from "./deal.js";
import type {InstrumentId} from "./instrument.js";
import type {Money} from "./money.js";
import type {EpochMs, SessionDate} from "./time.js";

/** The close of one session, and the moment at which it could first be known. */
export interface SessionClose {
  readonly date: SessionDate;
  readonly closeTime: EpochMs;
  readonly close: number;
  readonly volume: number;
}

/** The last sessions of an instrument, oldest first; empty where none is kept. */
export interface InstrumentToday {
  readonly instrument: InstrumentId;
  readonly sessions: readonly SessionClose[];
}

/** What the round trips closed on one day of an account made. */
export interface AccountDay {
  readonly date: SessionDate;
  readonly n: number;
  readonly wins: number;
  readonly net: Money;
}

/** What the deals of one month moved the balance by, payments in and out among them. */
export interface LedgerMonth {
  /** On the account's clock, as `2026-03`. */
  readonly month: string;
  /** Deals that moved the balance. */
  readonly n: number;
  readonly change: Money;
}

/** One position that is open, by no number of the broker's. */
export interface OpenPosition {
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly volumeLots: number;
  readonly profit: Money;
}

/** An account as its broker stated it at a moment. */
export interface StatedAccount {
  readonly time: EpochMs;
  readonly balance: Money;
  readonly equity: Money;
}

/** An account's own day as far as it has come, and whether its history adds up. */
export interface AccountStanding {
  /** What was closed on the day that it was on its clock when the account was asked; nothing is n = 0. */
  readonly day: AccountDay;
  /** `undefined` where the source holds history only, as a saved report does. */
  readonly stated?: StatedAccount;
  /** Deals that do not reconcile, and the first of them in words. */
  readonly problems: number;
  readonly problem?: string;
  /** What the deals come to less what the broker states; `undefined` where it states nothing. */
  readonly difference?: Money;
  /** Instruments and sides of which the deals leave another volume open than the broker states. */
  readonly mismatches: number;
}

/** Where an account stands, by its alias. */
export interface AccountToday {
  readonly account: string;
  /** When the source was asked. */
  readonly asOf: EpochMs | null;
  /** Of closed trades; `undefined` before the first deposit. */
  readonly balance?: Money;
  /** Deals in the history. */
  readonly deals: number;
  readonly openPositions: number;
  /** The profit of open positions as the broker states it; `undefined` where they are in several currencies. */
  readonly floating?: Money;
  /** The last days with a close, oldest first. */
  readonly days: readonly AccountDay[];
  /** All months with a deal that moved the balance, oldest first: together they are the balance. */
  readonly ledger: readonly LedgerMonth[];
  readonly positions: readonly OpenPosition[];
  readonly standing?: AccountStanding;
}

/** What the first page of the site shows, small enough to come at once. */
export interface Today {
  readonly instruments: readonly InstrumentToday[];
  readonly accounts: readonly AccountToday[];
}
