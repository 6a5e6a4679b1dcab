import {ABSENT, formatNumber, type NumberFormatOptions} from "./number.js";

/**
 * A fraction as per cent, the one place where per cent exists: `formatFraction(-0.0123)` is `−1.2 %`.
 * One decimal unless told.
 */
export function formatFraction(fraction: number | undefined, options: NumberFormatOptions = {}): string {
  if (fraction === undefined || !Number.isFinite(fraction)) return ABSENT;
  return `${formatNumber(fraction * 100, {decimals: 1, ...options})}\u202f%`;
}
