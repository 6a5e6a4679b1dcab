import type {Bar, BarSeries} from "../../domain/bar.js";
import type {EpochMs} from "../../domain/time.js";
import {createAtr} from "../indicators/atr.js";
import {assertFactor} from "../indicators/indicator.js";
import {createOrderCheck, type Detector, detectAll, type StructureEvent} from "./event.js";

/** How far price must come back for an extreme to count: *k* times the average true range of *period* bars. */
export interface SwingOptions {
  /** Reversal that confirms an extreme, in average true ranges; default 2. */
  readonly k?: number;
  /** Period of the average true range; default 14. */
  readonly period?: number;
}

/** A turning point; `reversal` is how far price had come back from it when it was confirmed, `atr` the range then. */
export type SwingEvent = StructureEvent<"swing-high" | "swing-low", "reversal" | "atr" | "k">;

/**
 * Swings: the extremes from which price reversed by *k* average true ranges, highs and lows by turns.
 *
 * A high is the highest since the last swing low (the first of equals), and is confirmed by the first later bar whose
 * low is the lowest since that high and at least k · ATR below it, ATR at that bar. The bar that makes an extreme does
 * not confirm it, since a bar does not say which of its ends came first. Lows are the mirror image. The first swing is
 * the earlier of the highest and lowest bar so far, confirmed as the later one is made.
 *
 * @returns events oldest first by `knownAt`, the confirming bar; `time` and `price` are the extreme's. None while the
 * average true range warms up
 * @throws {RangeError} if an option is not positive, a bar makes no sense, or times do not rise
 * @example swings(bars) // [{type: "swing-high", price: 1.1012, reversal 0.0031 of atr 0.0015, …}, …]
 *
 * The rule is the zigzag measured in ranges rather than per cent, with what it must not do made plain: no event before
 * its confirmation, none moved later. Source of the range: Wilder 1978, see `atr`; the threshold of 2 is ours.
 */
export function swings(bars: BarSeries, options?: SwingOptions): SwingEvent[] {
  return detectAll(bars, createSwings(options));
}

/** `swings` a bar at a time. */
export function createSwings({k = 2, period = 14}: SwingOptions = {}): Detector<SwingEvent> {
  assertFactor(k, "k");
  const range = createAtr({period});
  const assertOrder = createOrderCheck();
  let leg: Leg | undefined;
  let span: Span | undefined;

  function confirm(type: SwingEvent["type"], extreme: Extreme, bar: Bar, atr: number): readonly SwingEvent[] {
    const end = type === "swing-high" ? bar.low : bar.high;
    leg = {side: type === "swing-high" ? "down" : "up", extreme: {price: end, time: bar.time}, retraced: undefined};
    const evidence = {reversal: Math.abs(extreme.price - end), atr, k};
    return [{type, time: extreme.time, knownAt: bar.time, price: extreme.price, evidence, rule: "swing@1"}];
  }

  function nextOfSpan(bar: Bar, atr: number): readonly SwingEvent[] {
    const {high, low} = span ?? {};
    const isHigher = high === undefined || bar.high > high.price;
    const isLower = low === undefined || bar.low < low.price;
    const top = isHigher ? {price: bar.high, time: bar.time} : high;
    const bottom = isLower ? {price: bar.low, time: bar.time} : low;
    span = {high: top, low: bottom};
    if (isHigher === isLower || !(top.price - bottom.price >= k * atr)) return none;
    return isHigher ? confirm("swing-low", bottom, bar, atr) : confirm("swing-high", top, bar, atr);
  }

  function nextOfLeg({side, extreme, retraced}: Leg, bar: Bar, atr: number): readonly SwingEvent[] {
    const sign = side === "up" ? 1 : -1;
    const ahead = side === "up" ? bar.high : bar.low;
    const behind = side === "up" ? bar.low : bar.high;
    if (sign * (ahead - extreme.price) > 0) {
      leg = {side, extreme: {price: ahead, time: bar.time}, retraced: undefined};
    } else if (retraced === undefined || sign * (retraced - behind) > 0) {
      leg = {side, extreme, retraced: behind};
      if (sign * (extreme.price - behind) >= k * atr)
        return confirm(side === "up" ? "swing-high" : "swing-low", extreme, bar, atr);
    }
    return none;
  }

  return {
    next(bar) {
      assertOrder(bar);
      const atr = range.next(bar);
      return leg === undefined ? nextOfSpan(bar, atr) : nextOfLeg(leg, bar, atr);
    }
  };
}

interface Extreme {
  readonly price: number;
  readonly time: EpochMs;
}

/** Before the first swing: the highest and the lowest so far. */
interface Span {
  readonly high: Extreme;
  readonly low: Extreme;
}

/** After a swing: the extreme since, and how far price has come back from it. */
interface Leg {
  readonly side: "up" | "down";
  readonly extreme: Extreme;
  readonly retraced: number | undefined;
}

const none: readonly SwingEvent[] = [];
