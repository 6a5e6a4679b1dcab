import {assertBars, type BarSeries} from "../../domain/bar.js";

/** Each session's moves in logarithms: against the close before it, and against its own open. */
export interface SessionMoves {
  readonly length: number;
  /** When each session's bar opened. */
  readonly time: Float64Array;
  /** The open against the close before. */
  readonly overnight: Float64Array;
  /** Highest price against the open, ≥ 0. */
  readonly high: Float64Array;
  /** Lowest price against the open, ≤ 0. */
  readonly low: Float64Array;
  /** The close against the open. */
  readonly close: Float64Array;
}

/**
 * What volatility estimators are made of: the moves of every session but the first, which has no close before it.
 *
 * @param days one bar a session, oldest first
 * @returns columns one shorter than *days*, empty for fewer than two; 0.01 is about 1 %
 * @throws {RangeError} naming the row if a bar makes no sense or times do not rise
 */
export function sessionMoves(days: BarSeries): SessionMoves {
  assertBars(days);
  const length = Math.max(0, days.length - 1);
  const column = (of: (i: number) => number) => Float64Array.from({length}, (_, i) => of(i + 1));
  const against = (price: Float64Array, base: Float64Array, i: number, j: number) => Math.log(price[i]! / base[j]!);
  return {
    length,
    time: column((i) => days.time[i]!),
    overnight: column((i) => against(days.open, days.close, i, i - 1)),
    high: column((i) => against(days.high, days.open, i, i)),
    low: column((i) => against(days.low, days.open, i, i)),
    close: column((i) => against(days.close, days.open, i, i))
  };
}

/** Close-to-close returns of the sessions, in logarithms. */
export function sessionReturns({overnight, close}: SessionMoves): Float64Array {
  return overnight.map((move, i) => move + close[i]!);
}

/** Every row of the moves, by number: what a statistic takes unless told which. */
export function allRows({length}: SessionMoves): Float64Array {
  return Float64Array.from({length}, (_, i) => i);
}
