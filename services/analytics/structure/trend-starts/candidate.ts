import type {Bar} from "../../../domain/bar.js";
import type {BarHistory} from "./bar-history.js";

/** A bar at which a trend may have started, with the extremes since: of the bars after it, up to the previous one. */
export interface Candidate {
  /** Row of the bar, from 0. */
  readonly index: number;
  readonly bar: Bar;
  readonly highestSince: number;
  readonly lowestSince: number;
}

/** The candidate on row *index*, with what the bars between it and row *now* made. */
export function createCandidate(history: BarHistory, index: number, now: number): Candidate {
  let candidate: Candidate = {index, bar: history.at(index), highestSince: -Infinity, lowestSince: Infinity};
  for (let row = index + 1; row < now; ++row) candidate = extendCandidate(candidate, history.at(row));
  return candidate;
}

/** The candidate after one more bar. */
export function extendCandidate(candidate: Candidate, {high, low}: Bar): Candidate {
  const {index, bar, highestSince, lowestSince} = candidate;
  if (high <= highestSince && low >= lowestSince) return candidate;
  return {index, bar, highestSince: Math.max(highestSince, high), lowestSince: Math.min(lowestSince, low)};
}
