import type {InstrumentId} from "../../domain/instrument.js";
import type {EpochMs} from "../../domain/time.js";
import type {Tape} from "../tape/tape.js";
import {type AccountDeal, toCents} from "./account-deal.js";
import {closingPrice, nightsBetween, type PositionSide, profitOf} from "./quotes.js";
import type {TraderSpec} from "./spec.js";

/** A position of a simulated account as it stands; money in major units, rounded to cents. */
export interface AccountPosition {
  readonly position: number;
  readonly instrument: InstrumentId;
  readonly symbol: string;
  readonly side: PositionSide;
  readonly openTime: EpochMs;
  readonly lots: number;
  readonly openPrice: number;
  readonly currentPrice: number;
  readonly stopPrice: number;
  readonly targetPrice: number;
  readonly swap: number;
  readonly profit: number;
}

/** The positions that a history leaves open, at the tape's prices of a moment. */
export function openPositions(
  deals: readonly AccountDeal[],
  {markets}: TraderSpec,
  tape: Tape,
  now: EpochMs
): AccountPosition[] {
  const left = new Map<number, number>();
  for (const {type, entry, position, lots} of deals)
    if (type !== "balance") left.set(position, toCents((left.get(position) ?? 0) + (entry === "in" ? lots : -lots)));
  return deals.flatMap((deal) => {
    const {type, entry, instrument, position} = deal;
    const lots = left.get(position) ?? 0;
    if (type === "balance" || entry !== "in" || instrument === undefined || lots === 0) return [];
    const one = tape.of(instrument);
    const currentPrice = closingPrice(type, one.tickAt(now)!);
    const market = markets.find((each) => each.instrument === instrument)!;
    const nightly = type === "buy" ? market.swapLong : market.swapShort;
    const {symbol, time: openTime, price: openPrice, stopPrice, targetPrice} = deal;
    const swap = toCents(nightly * lots * nightsBetween(openTime, now));
    const profit = toCents(profitOf(one, type, lots, openPrice, currentPrice));
    return {
      position,
      instrument,
      symbol,
      side: type,
      openTime,
      lots,
      openPrice,
      currentPrice,
      stopPrice,
      targetPrice,
      swap,
      profit
    };
  });
}

/** What an account's history adds up to. */
export function balanceOf(deals: readonly AccountDeal[]): number {
  return toCents(deals.reduce((sum, {profit, commission, swap}) => sum + profit + commission + swap, 0));
}
