import type {Money} from "../../domain/money.js";

/** A fall of the balance of closed round trips: money below the peak (≥ 0) and as a fraction of it (≤ 0). */
export interface BalanceDrawdown {
  readonly money: Money;
  readonly fraction: number;
  /** The step after which the balance stood lowest; −1 where it never fell. */
  readonly step: number;
}

/** One change of the balance; a deposit or withdrawal is an operation. */
export interface BalanceStep {
  readonly change: Money;
  readonly isOperation: boolean;
}

/**
 * Drawdown of the closed-trade balance, the largest in money and the largest as a fraction, which may be two falls.
 * A deposit or withdrawal moves the peak with it: taking money out is no loss.
 *
 * @param steps oldest first, from an empty account, so that the first is its deposit
 * @returns `undefined` where the peak was never positive before a loss: a fraction of nothing is not defined
 */
export function balanceDrawdown(
  steps: readonly BalanceStep[]
): {maximal: BalanceDrawdown; relative: BalanceDrawdown} | undefined {
  const currency = steps[0]?.change.currency ?? "";
  let [balance, peak] = [0, 0];
  let maximal: BalanceDrawdown = {money: {minor: 0, currency}, fraction: 0, step: -1};
  let relative = maximal;
  for (const [step, {change, isOperation}] of steps.entries()) {
    balance += change.minor;
    peak = Math.max(balance, isOperation ? peak + change.minor : peak);
    if (!(peak > 0) && balance < peak) return undefined;
    const fall = {money: {minor: peak - balance, currency}, fraction: (balance - peak) / peak || 0, step};
    if (fall.money.minor > maximal.money.minor) maximal = fall;
    if (fall.fraction < relative.fraction) relative = fall;
  }
  return {maximal, relative};
}
