import type {Bar, BarSeries} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import {DAY_MS} from "../../domain/time.js";
import {toWall} from "../../domain/zone.js";
import {assertPricesAndVolumes, type BarKernel, runBars, streamBars} from "./bar-kernel.js";
import {assertPeriod, type Indicator} from "./indicator.js";
import {createMovingMedian, type MovingMedian} from "./moving-median.js";

/** What volume is held against: the same time of day in earlier sessions, or the bars just before. */
export interface RelativeVolumeOptions {
  /** The venue's calendar, for intraday bars: each is then held against the same time of day. */
  readonly calendar?: TradingCalendar;
  /** Earlier bars that make the norm; default 20 (sessions) with a calendar, 50 without. */
  readonly period?: number;
}

/**
 * Relative volume: a bar's volume over the median of earlier ones, 1 being usual.
 *
 * Intraday the norm is the median at the same time of day, on the venue's clock, in the last 20 sessions that had such a
 * bar, since volume has its hours; of days and longer bars it is the median of the last 50. The bar itself is no part
 * of its norm.
 *
 * @param bars oldest first
 * @returns as many results as bars, ≥ 0, without unit; NaN until the norm has all its bars, or where it is 0
 * @throws {RangeError} if the period is not a positive whole number, or a bar's prices or volume make no sense
 * @example volumes 2, 4, 9 with period 2: [NaN, NaN, 3]
 *
 * The median rather than the usual mean, because one day of news must not make the next weeks look quiet.
 */
export function relativeVolume(bars: BarSeries, options?: RelativeVolumeOptions): Float64Array {
  return runBars(createRelativeVolumeKernel(options), bars, assertPricesAndVolumes);
}

/** `relativeVolume` a bar at a time. */
export function createRelativeVolume(options?: RelativeVolumeOptions): Indicator<Bar> {
  return streamBars(createRelativeVolumeKernel(options), assertPricesAndVolumes);
}

/** The engine of `relativeVolume`, for indicators built upon it. */
function createRelativeVolumeKernel({calendar, period = calendar ? 20 : 50}: RelativeVolumeOptions = {}): BarKernel {
  assertPeriod(period);
  const norms = new Map<number, MovingMedian>();
  return (bars, out) => {
    const {length, time, volume} = bars;
    for (let i = 0; i < length; ++i) {
      const current = volume[i]!;
      const slot = calendar ? toWall(calendar.zone, time[i]!) % DAY_MS : 0;
      const norm = norms.get(slot) ?? createMovingMedian(period);
      norms.set(slot, norm);
      out[i] = norm.median > 0 ? current / norm.median : NaN;
      norm.add(current);
    }
  };
}
