import {normalCdf} from "./normal.js";

/**
 * Chance that a chi-squared variable with 1 or 2 degrees of freedom exceeds *value*: the p of likelihood-ratio tests.
 *
 * @param value ≥ 0
 * @throws {RangeError} if the value is negative or the degrees are not 1 or 2
 * @example chiSquaredTail(3.841, 1) // 0.0500…
 */
export function chiSquaredTail(value: number, degrees: 1 | 2): number {
  if (!(value >= 0)) throw new RangeError(`invalid chi-squared value: ${value}`);
  if (degrees === 2) return Math.exp(-value / 2);
  if (degrees !== 1) throw new RangeError(`invalid degrees of freedom: ${degrees}`);
  return 2 * normalCdf(-Math.sqrt(value));
}
