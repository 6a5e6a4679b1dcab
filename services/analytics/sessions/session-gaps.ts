import {assertBars, type BarSeries} from "../../domain/bar.js";
import type {Estimate} from "../../domain/estimate.js";
import type {EpochMs} from "../../domain/time.js";
import type {BootstrapOptions} from "../statistics/bootstrap.js";
import {estimateShare} from "../statistics/estimate-share.js";
import {meanOverSessions} from "../statistics/mean-over-sessions.js";

/** How one session opened against the close before it, and what it made of that. */
export interface SessionGap {
  readonly time: EpochMs;
  /** Open over the close before, less one. */
  readonly gap: number;
  /** Whether the session traded back to the close before. */
  readonly isFilled: boolean;
  /** Open to close in the direction of the gap, as a fraction: above 0 it went on. */
  readonly after: number;
}

/**
 * Gaps: every session that did not open at the close before it.
 *
 * @param days one bar a session, oldest first
 * @returns one a gap, in order; sessions that opened where the last closed are no gaps
 * @throws {RangeError} naming the row if a bar makes no sense or times do not rise
 */
export function sessionGaps(days: BarSeries): SessionGap[] {
  assertBars(days);
  const {time, open, high, low, close} = days;
  return Array.from({length: Math.max(0, days.length - 1)}, (_, i) => i + 1).flatMap((i) => {
    const before = close[i - 1]!;
    const gap = open[i]! / before - 1;
    if (gap === 0) return [];
    const isFilled = gap > 0 ? low[i]! <= before : high[i]! >= before;
    return [{time: time[i]!, gap, isFilled, after: Math.sign(gap) * (close[i]! / open[i]! - 1)}];
  });
}

/** Gaps of one size. */
export interface GapGroup {
  readonly label: "smallest" | "middle" | "largest" | "all";
  /** Sizes from and to, as fractions, the sign left off. */
  readonly from: number;
  readonly to: number;
  readonly filled: Estimate;
  readonly after: Estimate;
}

/** Gaps by thirds of their size, as many in each, then all of them: how many were filled, and what came after the open. */
export function gapGroups(gaps: readonly SessionGap[], options: BootstrapOptions = {}): GapGroup[] {
  const sorted = [...gaps].sort((a, b) => Math.abs(a.gap) - Math.abs(b.gap));
  const cut = (i: number) => Math.round((sorted.length * i) / 3);
  const groups = (["smallest", "middle", "largest"] as const).map((label, i) => ({
    label,
    members: sorted.slice(cut(i), cut(i + 1))
  }));
  return [...groups, {label: "all" as const, members: sorted}].map(({label, members}) => ({
    label,
    from: Math.abs(members[0]?.gap ?? NaN),
    to: Math.abs(members.at(-1)?.gap ?? NaN),
    filled: estimateShare(members.filter(({isFilled}) => isFilled).length, members.length, "gaps"),
    after: meanOverSessions(
      members.map(({after}) => after),
      options
    )
  }));
}
