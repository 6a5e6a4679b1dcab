import type {Bar, BarSeries} from "../../domain/bar.js";
import {assertPricesAndVolumes, type BarKernel, runBars, streamBars} from "./bar-kernel.js";
import type {Indicator} from "./indicator.js";

/**
 * On-balance volume (OBV): volume added up on bars that close higher and taken off on bars that close lower.
 *
 * @param bars oldest first
 * @returns as many results as bars, in the bars' unit of volume, 0 at the first bar: only its changes mean something
 * @throws {RangeError} if a bar's prices or volume make no sense
 * @example closes 2, 3, 3, 1 on volumes 5, 6, 7, 8 // [0, 6, 6, −2]
 *
 * TA-Lib begins with the first bar's volume instead of 0.
 * Source: J. E. Granville, Granville's New Key to Stock Market Profits, 1963.
 */
export function obv(bars: BarSeries): Float64Array {
  return runBars(createObvKernel(), bars, assertPricesAndVolumes);
}

/** `obv` a bar at a time. */
export function createObv(): Indicator<Bar> {
  return streamBars(createObvKernel(), assertPricesAndVolumes);
}

/** The engine of `obv`, for indicators built upon it. */
function createObvKernel(): BarKernel {
  let balance = 0;
  let lastClose = NaN;
  return (bars, out) => {
    const {length, close, volume} = bars;
    for (let i = 0; i < length; ++i) {
      if (close[i]! > lastClose) balance += volume[i]!;
      else if (close[i]! < lastClose) balance -= volume[i]!;
      out[i] = balance;
      lastClose = close[i]!;
    }
  };
}
