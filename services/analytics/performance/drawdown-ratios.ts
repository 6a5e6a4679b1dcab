import {drawdown} from "./drawdown.js";

/** Growth of 1 by returns per period, starting at 1: one longer than the returns. */
export function growthOf(returns: ArrayLike<number>): Float64Array {
  const growth = new Float64Array(returns.length + 1).fill(1);
  for (let i = 0; i < returns.length; ++i) growth[i + 1] = growth[i]! * (1 + returns[i]!);
  return growth;
}

/**
 * Compound annual growth rate of returns per period.
 *
 * @returns a fraction; NaN for no returns
 * @throws {RangeError} if a return is −1 or less: nothing is left to grow
 */
export function annualGrowth(returns: ArrayLike<number>, periodsPerYear: number): number {
  const growth = growthOf(returns);
  drawdown(growth);
  return returns.length > 0 ? growth.at(-1)! ** (periodsPerYear / returns.length) - 1 : NaN;
}

/** The deepest drawdown of compounded returns, from the start of the first period; ≤ 0. */
export function maxDrawdown(returns: ArrayLike<number>): number {
  return drawdown(growthOf(returns)).reduce((deepest, value) => Math.min(deepest, value), 0);
}

/**
 * Calmar ratio: annual growth over the deepest drawdown of the whole record (Young's original takes 36 months).
 *
 * @returns NaN where there was no drawdown
 *
 * Source: Young, Calmar ratio: a smoother tool, *Futures* 20 (1991), 40.
 */
export function calmarRatio(returns: ArrayLike<number>, periodsPerYear: number): number {
  const depth = -maxDrawdown(returns);
  return depth > 0 ? annualGrowth(returns, periodsPerYear) / depth : NaN;
}

/**
 * Ulcer index: root mean square of the drawdown, which counts depth and duration both.
 *
 * @param equity oldest first, all > 0
 * @returns a fraction ≥ 0; 0.05 is what Martin prints as 5
 * @example ulcerIndex([100, 80, 120, 90]) // 0.160…
 *
 * Source: Martin & McCann, *The Investor's Guide to Fidelity Funds* (1989), pages 75–79.
 */
export function ulcerIndex(equity: ArrayLike<number>): number {
  const depths = drawdown(equity);
  return Math.sqrt(depths.reduce((sum, depth) => sum + depth * depth, 0) / depths.length);
}

/** Martin ratio: annual growth over the Ulcer index of the same record; NaN where there was no drawdown. */
export function martinRatio(returns: ArrayLike<number>, periodsPerYear: number): number {
  const ulcer = ulcerIndex(growthOf(returns));
  return ulcer > 0 ? annualGrowth(returns, periodsPerYear) / ulcer : NaN;
}
