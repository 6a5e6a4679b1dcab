import type {BarSeries} from "../../domain/bar.js";
import type {SessionDate} from "../../domain/time.js";
import type {SessionPartRule} from "./session-parts.js";
import type {SessionSlice} from "./session-slices.js";

/** What one part of the session held, one value a session in which it has bars. */
export interface PartProfile {
  readonly label: string;
  /** The sessions, one a value. */
  readonly dates: readonly SessionDate[];
  /** High less low over the part's first open, as a fraction. */
  readonly range: Float64Array;
  /** The part's volume over the session's; NaN where the session has none. */
  readonly volumeShare: Float64Array;
  /** The part's sum of squared returns over the session's. */
  readonly varianceShare: Float64Array;
  /** The part's time over the session's: what an even spread would give. */
  readonly evenShare: number;
}

/**
 * Range, volume and variance of the parts of many sessions.
 *
 * @param slices sessions of *series*, from `sessionSlices`
 * @param parts as `sessionHours` or `regionalSessions`
 * @returns one profile a part, in their order
 */
export function partProfiles(
  series: BarSeries,
  slices: readonly SessionSlice[],
  parts: readonly SessionPartRule[]
): PartProfile[] {
  const wholes = slices.map((slice) => sumsOf(series, slice.start, slice.end));
  return parts.map(({label, boundsOf}) => {
    const dates: SessionDate[] = [];
    const columns = {range: [] as number[], volumeShare: [] as number[], varianceShare: [] as number[]};
    let share = 0;
    for (const [i, {session, start, end}] of slices.entries()) {
      const {from, to} = boundsOf(session);
      const first = firstFrom(series.time, from, start, end);
      const last = firstFrom(series.time, to, start, end);
      share += (Math.min(to, session.close) - Math.max(from, session.open)) / (session.close - session.open);
      if (first === last) continue;
      const part = sumsOf(series, first, last);
      dates.push(session.date);
      columns.range.push(part.range);
      columns.volumeShare.push(part.volume / wholes[i]!.volume);
      columns.varianceShare.push(part.variance / wholes[i]!.variance);
    }
    return {
      label,
      dates,
      range: Float64Array.from(columns.range),
      volumeShare: Float64Array.from(columns.volumeShare),
      varianceShare: Float64Array.from(columns.varianceShare),
      evenShare: slices.length === 0 ? NaN : share / slices.length
    };
  });
}

interface Sums {
  readonly range: number;
  readonly volume: number;
  readonly variance: number;
}

/** Range, volume and squared returns of rows; the first return is from the first bar's open. */
function sumsOf({open, high, low, close, volume}: BarSeries, start: number, end: number): Sums {
  let [top, bottom, sum, variance] = [-Infinity, Infinity, 0, 0];
  for (let i = start; i < end; ++i) {
    top = Math.max(top, high[i]!);
    bottom = Math.min(bottom, low[i]!);
    sum += volume[i]!;
    variance += Math.log(close[i]! / (i === start ? open[i]! : close[i - 1]!)) ** 2;
  }
  return {range: (top - bottom) / open[start]!, volume: sum, variance};
}

function firstFrom(time: Float64Array, moment: number, start: number, end: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
