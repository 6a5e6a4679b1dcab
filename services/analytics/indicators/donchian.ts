import type {Bar, BarSeries} from "../../domain/bar.js";
import {type BarColumnsKernel, runBarColumns, streamBarColumns} from "./bar-kernel.js";
import {assertPeriod, type Columns, type Indicator, type Row} from "./indicator.js";
import {createMovingExtreme} from "./moving-extreme.js";

/** How far a Donchian channel looks back, in bars. */
export interface DonchianOptions {
  /** Bars before the current one that make the channel; default 20. */
  readonly period?: number;
}

const names = ["middle", "upper", "lower"] as const;

/** A column of a Donchian channel, in price; lower ≤ middle ≤ upper. */
export type DonchianLine = (typeof names)[number];

/**
 * Donchian channel: the highest high and lowest low of the *period* bars before this one, and their middle.
 *
 * @param bars oldest first
 * @returns columns `middle`, `upper`, `lower`, each as long as the bars and in price; the first *period* are NaN
 * @throws {RangeError} if the period is not a positive whole number, or a bar's prices make no sense
 * @example highs 3, 5, 4, 9 with period 2: upper [NaN, NaN, 5, 5]
 *
 * The current bar is left out, so that it can break the channel, as Donchian's rule and Stock.Indicators have it;
 * TradingView and TA-Lib's MAX include it.
 * Source: R. Donchian's four-week rule, in C. W. Smith, "Trend following", Commodities 1974; C. Faith, Way of the
 * Turtle, 2007, p. 59.
 */
export function donchian(bars: BarSeries, options?: DonchianOptions): Columns<DonchianLine> {
  return runBarColumns(createDonchianKernel(options), names, bars);
}

/** `donchian` a bar at a time. */
export function createDonchian(options?: DonchianOptions): Indicator<Bar, Row<DonchianLine>> {
  return streamBarColumns(createDonchianKernel(options), names);
}

/** The engine of `donchian`, for indicators built upon it. */
function createDonchianKernel({period = 20}: DonchianOptions = {}): BarColumnsKernel<DonchianLine> {
  assertPeriod(period);
  const highest = createMovingExtreme(period, 1);
  const lowest = createMovingExtreme(period, -1);
  const last = {highest: NaN, lowest: NaN};
  return ({length, high, low}, {middle, upper, lower}) => {
    highest(high, upper);
    lowest(low, lower);
    if (length === 0) return;
    const next = {highest: upper[length - 1]!, lowest: lower[length - 1]!};
    upper.copyWithin(1, 0);
    lower.copyWithin(1, 0);
    upper[0] = last.highest;
    lower[0] = last.lowest;
    for (let i = 0; i < length; ++i) middle[i] = (upper[i]! + lower[i]!) / 2;
    Object.assign(last, next);
  };
}
