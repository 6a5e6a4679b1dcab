import type {BarSeries} from "../../domain/bar.js";
import {lowerBound} from "../../domain/lower-bound.js";
import type {SessionPartRule} from "./session-parts.js";
import type {SessionSlice} from "./session-slices.js";

/** What one part of the day held, one value a session in which it has bars. */
export interface PartSums {
  readonly label: string;
  /** The sessions, one a value, by their place among those asked for. */
  readonly sessions: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly volume: readonly number[];
  /** Sum of squared log returns; the first is from the part's first open. */
  readonly variance: readonly number[];
  /** The part's time over the session's: what an even spread would give; 0 without sessions. */
  readonly evenShare: number;
}

/**
 * Parts of many sessions: open, high, low, volume and sum of squared log returns of each part in each session.
 *
 * @param slices sessions of *series*, from `sessionSlices`
 * @param parts as `sessionHours`, `regionalSessions` or `wholeSession`
 * @returns one a part, in their order
 */
export function partSums(
  series: BarSeries,
  slices: readonly SessionSlice[],
  parts: readonly SessionPartRule[]
): PartSums[] {
  return parts.map(({label, boundsOf}) => {
    const sessions: number[] = [];
    const columns = {open: [], high: [], low: [], volume: [], variance: []} as Record<keyof Sums, number[]>;
    let share = 0;
    for (const [i, {session, start, end}] of slices.entries()) {
      const {from, to} = boundsOf(session);
      const [first, last] = [from, to].map((time) => Math.min(end, Math.max(start, lowerBound(series.time, time))));
      share += (Math.min(to, session.close) - Math.max(from, session.open)) / (session.close - session.open);
      if (first === last) continue;
      const sums = sumsOf(series, first!, last!);
      sessions.push(i);
      for (const name of measures) columns[name].push(sums[name]);
    }
    return {label, sessions, ...columns, evenShare: slices.length === 0 ? 0 : share / slices.length};
  });
}

/** How far each session went within a part: high less low over the part's open, as fractions. */
export function partRanges({open, high, low}: Pick<PartSums, "open" | "high" | "low">): Float64Array {
  return Float64Array.from(open, (first, i) => (high[i]! - low[i]!) / first);
}

/**
 * What each session gave to a part, over the part's share of its time: 1 is an even spread.
 *
 * @param amounts of the part, one for each of *sessions*
 * @param wholes of all sessions; a session that has none gives NaN
 */
export function partShares(
  {sessions, evenShare}: Pick<PartSums, "sessions" | "evenShare">,
  amounts: readonly number[],
  wholes: readonly number[]
): Float64Array {
  return Float64Array.from(amounts, (amount, i) => amount / wholes[sessions[i]!]! / evenShare);
}

const measures = ["open", "high", "low", "volume", "variance"] as const;
type Sums = Record<(typeof measures)[number], number>;

function sumsOf({open, high, low, close, volume}: BarSeries, start: number, end: number): Sums {
  const sums = {open: open[start]!, high: -Infinity, low: Infinity, volume: 0, variance: 0};
  for (let i = start; i < end; ++i) {
    sums.high = Math.max(sums.high, high[i]!);
    sums.low = Math.min(sums.low, low[i]!);
    sums.volume += volume[i]!;
    sums.variance += Math.log(close[i]! / (i === start ? open[i]! : close[i - 1]!)) ** 2;
  }
  return sums;
}
