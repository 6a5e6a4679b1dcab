import type {BarSeries} from "../../domain/bar.js";
import type {RoundTrip} from "../../domain/round-trip.js";

/** How far a round trip went against and for its holder while it was open, in price: worst ≤ 0 ≤ best. */
export interface Excursion {
  readonly worst: number;
  readonly best: number;
  /** The same over initial risk in price; `undefined` without a stop. */
  readonly worstR?: number;
  readonly bestR?: number;
  /** What was kept of the best: way from entry to exit over it; `undefined` where it never stood better than its entry. */
  readonly exitEfficiency?: number;
  /** Bars that lie wholly inside the round trip: what the extremes were looked for in, entry and exit beside. */
  readonly n: number;
}

/** The rows between which a round trip was open, and its stop, without which nothing is in R. */
export interface ExcursionOptions {
  /** Rows of the bars in which it was opened and closed, as `tripRows` gives them. */
  readonly opened: number;
  readonly closed: number;
  /** Where its loss was to be cut, where that is known. */
  readonly stopPrice?: number | undefined; // in price
}

/**
 * Excursion of a round trip: worst (MAE) and best (MFE) open result in price, from bars that lie wholly between its
 * opening and its closing and from its own two prices. What the bars of entry and exit held beyond is not known to be
 * inside, so the true extremes are these or wider; finer bars tell more.
 *
 * @returns `undefined` where prices are not known
 * @example a long from 100 to 102 with a bar of 99 to 104 between: worst −1, best 4, exit efficiency 0.5
 *
 * Source: Sweeney, *Campaign Trading* (1996), for maximum adverse and favourable excursion.
 */
export function excursion(
  {side, openPrice, closePrice}: Pick<RoundTrip, "side" | "openPrice" | "closePrice">,
  {high, low}: Pick<BarSeries, "high" | "low">,
  {opened, closed, stopPrice}: ExcursionOptions
): Excursion | undefined {
  if (!(Number.isFinite(openPrice) && Number.isFinite(closePrice))) return undefined;
  const sign = side === "buy" ? 1 : -1;
  const made = sign * (closePrice - openPrice);
  let [worst, best] = [Math.min(0, made), Math.max(0, made)];
  for (let row = opened + 1; row < closed; ++row) {
    const [against, withIt] = sign > 0 ? [low[row]!, high[row]!] : [high[row]!, low[row]!];
    worst = Math.min(worst, sign * (against - openPrice));
    best = Math.max(best, sign * (withIt - openPrice));
  }
  const risk = stopPrice === undefined ? NaN : sign * (openPrice - stopPrice);
  return {
    worst: worst + 0, // no sign on zero
    best: best + 0,
    ...(risk > 0 && {worstR: worst / risk, bestR: best / risk}),
    ...(best > 0 && {exitEfficiency: made / best + 0}),
    n: Math.max(0, closed - opened - 1)
  };
}
