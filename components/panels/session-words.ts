import type {OpeningRangeSummary} from "../../services/analytics/sessions/opening-range.js";
import type {GapGroup} from "../../services/analytics/sessions/session-gaps.js";
import type {Formats} from "../format/create-formats.js";
import {estimateWords, type LabelledEstimate} from "./volatility-words.js";

/** Which part of the day moves furthest, and which least; a lead that intervals do not bear out is said to be none. */
export function rangeWords(rows: readonly LabelledEstimate[], format: Formats): string {
  const sorted = byWidth(rows);
  if (sorted.length < 2) return `Too few sessions to compare parts of the day`;
  const [top, bottom] = [sorted[0]!, sorted.at(-1)!];
  const text = (value: number | undefined) => format.fraction(value, {decimals: 2});
  const isTold = (top.estimate.low ?? -Infinity) > (bottom.estimate.high ?? Infinity);
  return isTold
    ? `Widest is ${top.label} at ${text(top.estimate.value)}, narrowest ${bottom.label} at ${text(bottom.estimate.value)}`
    : `No part of the day can be told to be wider than another`;
}

/** The part of the day that moves furthest, of those with enough sessions. */
export function widestPart<Row extends LabelledEstimate>(rows: readonly Row[]): Row | undefined {
  return byWidth(rows)[0];
}

function byWidth<Row extends LabelledEstimate>(rows: readonly Row[]): Row[] {
  const known = rows.filter(({estimate}) => estimate.value !== undefined);
  return known.sort((a, b) => b.estimate.value! - a.estimate.value!);
}

/** Whether a session goes on from where it first leaves its opening range. */
export function openingRangeWords(
  {move, followed, sessions}: OpeningRangeSummary,
  minutes: number,
  format: Formats
): string {
  const text = (value: number) => format.fraction(value, {decimals: 2, signed: true});
  const lead = `After leaving the first ${minutes} minutes' range the session went on by ${estimateWords(move, text, format)}`;
  if (move.value === undefined)
    return `Too little to say what follows an opening range: ${move.reason ?? `${sessions} sessions`}`;
  const {low = -Infinity, high = Infinity} = move;
  if (low <= 0 && high >= 0) return `${lead}: no evidence that breaks go on or fail`;
  return `${lead}, and closed beyond the level in ${format.fraction(followed.value, {decimals: 0})} of breaks`;
}

/** How many gaps are filled within their session, and whether size decides it. */
export function gapWords(groups: readonly GapGroup[], format: Formats): string {
  const text = (value: number) => format.fraction(value, {decimals: 0});
  const all = groups.find(({label}) => label === "all");
  const [small, large] = ["smallest", "largest"].map((name) => groups.find(({label}) => label === name));
  if (all?.filled.value === undefined) return `Too few gaps: ${all?.filled.reason ?? "no sessions"}`;
  const lead = `${estimateWords(all.filled, text, format)} of gaps were filled within their session`;
  if (small?.filled.value === undefined || large?.filled.value === undefined) return lead;
  const isTold =
    (small.filled.low ?? -Infinity) > (large.filled.high ?? Infinity) ||
    (large.filled.low ?? -Infinity) > (small.filled.high ?? Infinity);
  return isTold
    ? `${lead}: ${text(small.filled.value)} of the smallest third, ${text(large.filled.value)} of the largest`
    : `${lead}, whatever their size`;
}
