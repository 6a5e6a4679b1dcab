import type {BarSeries} from "../../domain/bar.js";
import type {Estimate} from "../../domain/estimate.js";
import {type EpochMs, MINUTE_MS, type SessionDate} from "../../domain/time.js";
import type {BootstrapOptions} from "../statistics/bootstrap.js";
import {estimateShare} from "../statistics/estimate-share.js";
import {meanOverSessions} from "../statistics/mean-over-sessions.js";
import type {SessionSlice} from "./session-slices.js";

/** What became of one session's opening range. */
export interface OpeningRange {
  readonly date: SessionDate;
  readonly high: number;
  readonly low: number;
  /**
   * The side that traded first beyond the range: `both` where one bar went beyond either and cannot say which came first.
   */
  readonly first: "up" | "down" | "both" | "none";
  /** Whether both sides were passed in the end. */
  readonly isBothSides: boolean;
  /** When the first break's bar opened. */
  readonly breakTime: EpochMs | undefined;
  /** From the level first passed to the close, in the direction of the break, as a fraction; undefined without a first. */
  readonly move: number | undefined;
}

/**
 * Opening ranges: the high and the low of each session's first minutes, which side of it was passed first, and where the
 * session closed from there. A description after the fact: spread and slippage are not taken off.
 *
 * @param minutes how long the opening lasts, > 0
 * @returns one a session that has bars in its opening and after it
 * @throws {RangeError} if the minutes are not positive
 */
export function openingRanges(series: BarSeries, slices: readonly SessionSlice[], minutes: number): OpeningRange[] {
  if (!(minutes > 0)) throw new RangeError(`invalid minutes: ${minutes}`);
  return slices.flatMap((slice) => rangeOf(series, slice, minutes) ?? []);
}

function rangeOf({time, high, low, close}: BarSeries, {session, start, end}: SessionSlice, minutes: number) {
  const until = session.open + minutes * MINUTE_MS;
  let i = start;
  let [top, bottom] = [-Infinity, Infinity];
  for (; i < end && time[i]! < until; ++i) [top, bottom] = [Math.max(top, high[i]!), Math.min(bottom, low[i]!)];
  if (i === start || i === end) return undefined;
  let first: OpeningRange["first"] = "none";
  let breakTime: EpochMs | undefined;
  let [isAbove, isBelow] = [false, false];
  for (; i < end; ++i) {
    isAbove ||= high[i]! > top;
    isBelow ||= low[i]! < bottom;
    if (first !== "none" || !(isAbove || isBelow)) continue;
    first = isAbove && isBelow ? "both" : isAbove ? "up" : "down";
    breakTime = time[i]!;
  }
  const last = close[end - 1]!;
  const move = first === "up" ? last / top - 1 : first === "down" ? 1 - last / bottom : undefined;
  return {date: session.date, high: top, low: bottom, first, isBothSides: isAbove && isBelow, breakTime, move};
}

/** What opening ranges were worth, over all sessions. */
export interface OpeningRangeSummary {
  readonly sessions: number; // that have an opening range
  /** Sessions in which neither side was passed. */
  readonly unbroken: Estimate;
  /** Of those broken, sessions in which both sides were. */
  readonly bothSides: Estimate;
  /** Of those with a first side, sessions that closed beyond the level first passed. */
  readonly followed: Estimate;
  /** Mean move from that level to the close, in the direction of the break; no drift gives 0. */
  readonly move: Estimate;
}

/** Counts as shares with Wilson's intervals, the move with its bootstrap over sessions; refused where there are too few. */
export function openingRangeSummary(
  ranges: readonly OpeningRange[],
  options: BootstrapOptions = {}
): OpeningRangeSummary {
  const broken = ranges.filter(({first}) => first !== "none");
  const moves = ranges.flatMap(({move}) => move ?? []);
  return {
    sessions: ranges.length,
    unbroken: estimateShare(ranges.length - broken.length, ranges.length, "sessions"),
    bothSides: estimateShare(broken.filter(({isBothSides}) => isBothSides).length, broken.length, "breaks"),
    followed: estimateShare(moves.filter((move) => move > 0).length, moves.length, "breaks"),
    move: meanOverSessions(moves, options)
  };
}
