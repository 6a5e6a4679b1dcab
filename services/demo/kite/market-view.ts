import type {EpochMs} from "../../domain/time.js";
import type {TapeTick} from "../tape/known-ticks.js";
import {randomStream} from "../tape/random.js";
import type {Listing} from "./listing.js";

/** A level of the order book. */
export interface BookLevel {
  readonly quantity: number;
  readonly price: number;
  readonly orders: number;
}

/** An instrument as its market stands after a tick; `close` is the session's before. */
export interface MarketView {
  readonly token: number;
  readonly lastPrice: number;
  readonly lastQuantity: number;
  readonly averagePrice: number;
  readonly volume: number;
  readonly buyQuantity: number;
  readonly sellQuantity: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly lastTradeTime: EpochMs;
  readonly exchangeTime: EpochMs;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

const bookLevels = 5;

/** The market of an instrument after a tick, by default the last one at *now*; `undefined` before its first. */
export function marketView({token, tape}: Listing, now: EpochMs, tick = tape.tickAt(now)): MarketView | undefined {
  const {sessions, toPrice} = tape.levels;
  if (!tick) return undefined;
  const number = sessions.numberAt(tick.time);
  const bar = tape.sessionBar(number, tick.time);
  if (!bar) return undefined;
  const before = number > 0 ? toPrice(tape.levels.day(number - 1).bar.close) : toPrice(bar.open);
  const [open, high, low] = [toPrice(bar.open), toPrice(bar.high), toPrice(bar.low)];
  const bids = book(token, tick, tick.bid, -tape.spec.tickSize, toPrice);
  const asks = book(token, tick, tick.ask, tape.spec.tickSize, toPrice);
  const total = (levels: readonly BookLevel[]) => levels.reduce((sum, {quantity}) => sum + quantity, 0) * 40;
  return {
    ...{token, open, high, low, close: before, bids, asks, buyQuantity: total(bids), sellQuantity: total(asks)},
    ...{lastPrice: tick.price, lastQuantity: tick.volume, volume: tick.dayVolume},
    averagePrice: Math.round(((open + high + low + tick.price) / 4) * 100) / 100,
    ...{lastTradeTime: tick.time, exchangeTime: tick.time}
  };
}

function book(
  token: number,
  tick: TapeTick,
  best: number,
  step: number,
  toPrice: (steps: number) => number
): BookLevel[] {
  const random = randomStream(token, tick.time, step > 0 ? "asks" : "bids");
  return Array.from({length: bookLevels}, (_, i) => ({
    quantity: random.integer(20, 900) * (i + 1),
    price: toPrice(Math.round(best / Math.abs(step)) + i * Math.sign(step)),
    orders: random.integer(1, 12) + i
  }));
}
