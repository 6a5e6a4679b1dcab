import type {BarSeries} from "../domain/bar.js";
import {type EpochMs, formatIso} from "../domain/time.js";

/** A close that leaps and returns, or a wick, this many times the usual move is worth a look. */
const spikeMoves = 40;
/** Share of a leap that the next bar must undo for it to be a spike and not news. */
const undoneShare = 0.75;
const minimumBars = 50;
const mostSampled = 200_000;
/** Bars on each side that say how wild the hour is. */
const nearby = 30;
/** An opening this far from the close before it, as a fraction, is a split, a bonus or another instrument. */
const jumpFraction = 0.3;

/** A bar that looks like a bad price, and by how much. */
export interface Outlier {
  readonly time: EpochMs;
  readonly kind: "spike" | "wick" | "jump";
  /** Multiples of the usual move; for a jump the fraction of the price. */
  readonly size: number;
}

/**
 * Bars that look like bad prices. The usual move is the median absolute log return × 1.4826, which bad prices do not
 * stretch: of the whole series, or of the 30 bars on each side where those are wilder, for wild hours come together.
 * Wild but true markets pass: in June 2018 EURUSD minutes reach 29 such moves, and of ten years of GBPUSD hours the
 * flash crash of 7 October 2016 is named.
 */
export function findOutliers(bars: BarSeries): Outlier[] {
  const {time, open, high, low, close, length} = bars;
  const moves = new Float64Array(length).fill(NaN, 0, 1);
  for (let i = 1; i < length; ++i) moves[i] = Math.log(close[i]! / close[i - 1]!);
  const usual = length < minimumBars ? Infinity : usualMove(moves.subarray(1)) || Infinity;
  const usualAt = (i: number) =>
    Math.max(
      usual,
      usualMove(moves.subarray(Math.max(1, i - nearby), i)),
      usualMove(moves.subarray(i + 2, i + 2 + nearby))
    );
  const outliers: Outlier[] = [];
  for (let i = 0; i < length; ++i) {
    const wick = Math.max(high[i]! / Math.max(open[i]!, close[i]!), Math.min(open[i]!, close[i]!) / low[i]!) - 1;
    const leap = isUndone(moves[i]!, moves[i + 1]) ? Math.abs(moves[i]!) : 0;
    const jump = i > 0 ? Math.abs(open[i]! / close[i - 1]! - 1) : 0;
    const size = Math.max(leap, wick);
    if (size > spikeMoves * usual && size > spikeMoves * usualAt(i))
      outliers.push({time: time[i]!, kind: leap >= wick ? "spike" : "wick", size: size / usualAt(i)});
    else if (jump > jumpFraction && outliers.at(-1)?.time !== time[i - 1])
      outliers.push({time: time[i]!, kind: "jump", size: jump});
  }
  return outliers;
}

function isUndone(move: number, next: number | undefined): boolean {
  const share = next === undefined ? NaN : -next / move;
  return share > undoneShare && share < 2 - undoneShare;
}

/** NaN moves, as the first, count as none; 0 where nothing moved. Of very many, as of ticks, every so many are taken. */
function usualMove(moves: Float64Array): number {
  const stride = Math.ceil(moves.length / mostSampled);
  const taken = stride <= 1 ? moves : Float64Array.from({length: mostSampled}, (_, i) => moves[i * stride] ?? NaN);
  const sizes = taken.map(Math.abs).filter((move) => move > 0);
  return sizes.length < minimumBars / 5 ? 0 : 1.4826 * sizes.sort()[sizes.length >> 1]!;
}

/** An outlier in words: `2016-10-07T02:00:00.000Z: a wick of 112 usual moves`. */
export function formatOutlier({time, kind, size}: Outlier, row: "bar" | "tick"): string {
  const what =
    kind === "jump"
      ? `opens ${Math.round(size * 100)} % from the close before: a split or bonus?`
      : kind === "spike"
        ? `a spike of ${Math.round(size)} usual moves, undone by the next ${row}`
        : `a wick of ${Math.round(size)} usual moves`;
  return `${formatIso(time)}: ${what}`;
}
