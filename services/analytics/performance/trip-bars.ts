import {barClose} from "../../domain/bar-close.js";
import {sessionsBetween, type TradingCalendar} from "../../domain/calendar.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import type {EpochMs} from "../../domain/time.js";
import {isIntraday, type Timeframe, timeframeMs} from "../../domain/timeframe.js";

/** Bars that are kept of an instrument, and from when to when. */
export interface KeptBars {
  readonly timeframe: Timeframe;
  readonly firstTime: EpochMs | null;
  readonly lastTime: EpochMs | null;
}

/** The bars that show a round trip, or why none do. */
export type TripTimeframe =
  | {
      readonly timeframe: Timeframe;
      /** The kept bars that it is made from. */
      readonly from: Timeframe;
      /** Finer bars that are kept and do not reach the round trip. */
      readonly short?: Timeframe;
      readonly reason?: undefined;
    }
  | {readonly timeframe?: undefined; readonly from?: undefined; readonly short?: undefined; readonly reason: string};

/** Bars before the opening and after the closing that belong into the picture. */
const [barsBefore, barsAfter] = [40, 24] as const;
const mostBetween = 60;
const usual: readonly Timeframe[] = ["1m", "5m", "15m", "30m", "1h", "4h"];

/**
 * The timeframe that shows a round trip best: the finest in which it lasts at most sixty bars, made of the finest bars
 * that cover it from its opening to its closing.
 *
 * @param kept what is kept of its instrument, in any order
 * @returns without bars that cover it, the reason in plain words
 */
export function tripTimeframe(
  {openTime, closeTime}: Pick<RoundTrip, "openTime" | "closeTime">,
  kept: readonly KeptBars[],
  calendar: TradingCalendar
): TripTimeframe {
  const covering = kept
    .filter(({timeframe, firstTime, lastTime}) => {
      if (firstTime === null || lastTime === null) return false;
      return firstTime <= openTime && closeTime <= barClose(lastTime, timeframe, calendar);
    })
    .sort((a, b) => timeframeMs(a.timeframe) - timeframeMs(b.timeframe));
  const [finest] = covering;
  if (finest === undefined)
    return {reason: kept.length === 0 ? "no bars of it are kept" : "the bars kept do not reach it"};
  const from = finest.timeframe;
  const shorter = kept
    .filter(({timeframe}) => timeframeMs(timeframe) < timeframeMs(from))
    .map(({timeframe}) => timeframe);
  const rest = shorter[0] === undefined ? {from} : {from, short: shorter[0]};
  if (!isIntraday(from)) return {timeframe: from, ...rest};
  const openMs = sessionsBetween(calendar, openTime, closeTime).reduce(
    (sum, {open, close}) => sum + Math.min(close, closeTime) - Math.max(open, openTime),
    0
  );
  const fits = (timeframe: Timeframe) => openMs / timeframeMs(timeframe) <= mostBetween;
  const made = usual.filter(
    (timeframe) => timeframeMs(timeframe) > timeframeMs(from) && timeframeMs(timeframe) % timeframeMs(from) === 0
  );
  const chosen = [from, ...made].find(fits);
  if (chosen !== undefined) return {timeframe: chosen, ...rest};
  const days = covering.find(({timeframe}) => !isIntraday(timeframe));
  return days ? {timeframe: days.timeframe, from: days.timeframe} : {timeframe: made.at(-1) ?? from, ...rest};
}

/**
 * The rows of bars around a round trip: those it lasted through, forty before and twenty-four after.
 *
 * @param time when bars opened, rising, of the timeframe that `tripTimeframe` gave
 * @returns first ≤ row < end; the rows in which it was opened and closed. A moment in a hole belongs to the bar before.
 */
export function tripRows(
  time: ArrayLike<EpochMs>,
  {openTime, closeTime}: Pick<RoundTrip, "openTime" | "closeTime">
): {first: number; end: number; opened: number; closed: number} {
  const [opened, closed] = [rowAt(time, openTime), rowAt(time, closeTime)];
  const [first, end] = [Math.max(0, opened - barsBefore), Math.min(time.length, closed + barsAfter + 1)];
  return {first, end, opened, closed};
}

function rowAt(time: ArrayLike<EpochMs>, moment: EpochMs): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! <= moment) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
