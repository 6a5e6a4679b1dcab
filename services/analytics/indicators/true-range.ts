import type {BarKernel} from "./bar-kernel.js";

/**
 * True range: how far price travelled since the last close, max(high, last close) − min(low, last close).
 *
 * One result per bar, in price; the first is NaN, since it has no last close. TA-Lib leaves it out likewise;
 * pandas-based libraries often take high − low there, and their averages differ for some multiples of the period.
 * Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978, p. 21.
 */
export function createTrueRangeKernel(): BarKernel {
  let lastClose = NaN;
  return ({length, high, low, close}, out) => {
    let previous = lastClose;
    for (let i = 0; i < length; ++i) {
      const top = Math.max(high[i]!, previous);
      const bottom = Math.min(low[i]!, previous);
      out[i] = top - bottom; // NaN on the first bar, where previous is
      previous = close[i]!;
    }
    lastClose = previous;
  };
}
