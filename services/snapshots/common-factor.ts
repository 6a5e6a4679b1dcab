import type {BarSeries} from "../domain/bar.js";

const minimumBars = 3;
const tolerance = 2e-3;
const minimumChange = 0.01;

/**
 * The factor by which a source has multiplied its prices since, as 0.5 after a split of one share into two.
 *
 * @returns `undefined` where the bars both hold agree, or differ otherwise than by one factor
 */
export function commonFactor(held: BarSeries, pulled: BarSeries): number | undefined {
  const ratios: number[] = [];
  for (let i = 0, j = 0; i < held.length && j < pulled.length; ) {
    const [a, b] = [held.time[i]!, pulled.time[j]!];
    if (a === b) ratios.push(pulled.close[j]! / held.close[i]!);
    if (a <= b) ++i;
    if (b <= a) ++j;
  }
  if (ratios.length < minimumBars) return undefined;
  const factor = ratios.sort((a, b) => a - b)[ratios.length >> 1]!;
  const isCommon = ratios.every((ratio) => Math.abs(ratio / factor - 1) <= tolerance);
  return isCommon && Math.abs(factor - 1) > minimumChange ? factor : undefined;
}
