import type {Deal, TradeDeal} from "../../domain/deal.js";
import {sortDeals} from "../../domain/deal-order.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {EpochMs} from "../../domain/time.js";
import {sessionIndex} from "../statistics/session-index.js";
import {createHoldings, gainSign, type Holding} from "./holdings.js";
import type {PriceAt} from "./price-lookup.js";

/** A gain or a loss that was realised, or could have been and stayed on paper. */
export interface DispositionEvent {
  readonly instrument: InstrumentId;
  readonly session: number; // the same number for the same session
  readonly isGain: boolean;
  readonly isRealised: boolean;
}

/** Odean's four counts. */
export interface DispositionCounts {
  readonly realisedGains: number;
  readonly realisedLosses: number;
  readonly paperGains: number;
  readonly paperLosses: number;
}

/** The events of a history, and how often a holding had no price to be judged by. */
export interface DispositionHistory {
  readonly events: readonly DispositionEvent[];
  readonly unpriced: number;
}

/** What it takes to count gains and losses on paper. */
export interface DispositionCountOptions {
  readonly priceAt: PriceAt;
  readonly zone?: string; // UTC
  /** Paper is counted once per session with a sale, as Odean does, or at every deal, as the R package dispositionEffect. */
  readonly countOn?: "session" | "deal"; // session
}

/**
 * Gains and losses, realised and on paper, as a history of deals made them.
 *
 * By session: every closing deal realises a gain or a loss against the average price of its position; every position
 * held at the session's last close and not touched by one counts once, on paper, at the price then. Sessions without a
 * close, or in a portfolio of one position, do not count. By deal: every position of another instrument counts at each deal,
 * the rest of one partly closed, or one added to, at the deal's price. What made nothing counts nowhere.
 *
 * @param deals in any order, of one account
 */
export function dispositionEvents(
  deals: readonly Deal[],
  {priceAt, zone = "UTC", countOn = "session"}: DispositionCountOptions
): DispositionHistory {
  const trades = sortDeals(deals).filter((deal) => deal.type !== "balance") as TradeDeal[];
  const {index} = sessionIndex(
    trades.map(({time}) => time),
    zone
  );
  const tally = createTally(priceAt);
  if (countOn === "deal") countByDeal(trades, index, tally);
  else countBySession(trades, index, tally);
  return tally.history();
}

type Tally = ReturnType<typeof createTally>;

function createTally(priceAt: PriceAt) {
  const events: DispositionEvent[] = [];
  let unpriced = 0;
  const add = (holding: Holding, price: number, session: number, isRealised: boolean) => {
    const sign = gainSign(holding, price);
    if (sign !== 0) events.push({instrument: holding.instrument, session, isGain: sign > 0, isRealised});
  };
  const addPaper = (holding: Holding, time: EpochMs, session: number) => {
    const price = priceAt(holding.instrument, time);
    if (price === undefined) ++unpriced;
    else add(holding, price, session, false);
  };
  return {add, addPaper, history: () => ({events, unpriced})};
}

function countByDeal(trades: readonly TradeDeal[], sessions: Int32Array, tally: Tally): void {
  const holdings = createHoldings();
  trades.forEach((deal, i) => {
    const session = sessions[i]!;
    const others = holdings.all().filter(({instrument}) => instrument !== deal.instrument);
    const {before, isClosing, isStillOpen} = holdings.apply(deal);
    if (before && isClosing) tally.add(before, deal.price, session, true);
    if (before && isStillOpen) tally.add(before, deal.price, session, false);
    for (const holding of others) tally.addPaper(holding, deal.time, session);
  });
}

function countBySession(trades: readonly TradeDeal[], sessions: Int32Array, tally: Tally): void {
  const holdings = createHoldings();
  let closed: {holding: Holding; price: number}[] = [];
  let held: readonly Holding[] = [];
  let heldTime: EpochMs = 0;
  trades.forEach((deal, i) => {
    const {before, isClosing} = holdings.apply(deal);
    if (before && isClosing) {
      closed.push({holding: before, price: deal.price});
      [held, heldTime] = [holdings.all(), deal.time];
    }
    if (sessions[i] === sessions[i + 1]) return;
    const keys = new Set(closed.map(({holding}) => holding.key));
    const paper = held.filter(({key}) => !keys.has(key));
    if (keys.size + paper.length > 1) {
      for (const {holding, price} of closed) tally.add(holding, price, sessions[i]!, true);
      for (const holding of paper) tally.addPaper(holding, heldTime, sessions[i]!);
    }
    [closed, held] = [[], []];
  });
}

/** Odean's counts of some events. */
export function countEvents(events: readonly DispositionEvent[]): DispositionCounts {
  const count = (isRealised: boolean, isGain: boolean) =>
    events.filter((event) => event.isRealised === isRealised && event.isGain === isGain).length;
  return {
    realisedGains: count(true, true),
    realisedLosses: count(true, false),
    paperGains: count(false, true),
    paperLosses: count(false, false)
  };
}
