import type {RollingVolatility} from "../../services/analytics/volatility/estimate-volatility.js";
import type {Estimate} from "../../services/domain/estimate.js";
import type {Formats} from "../format/create-formats.js";
import {formatEstimate} from "../format/estimate.js";

/** A group and its estimate, as a study compares them. */
export interface LabelledEstimate {
  readonly label: string;
  readonly estimate: Estimate;
}

/** An estimate at a lag, with its grade beside those of other lags. */
export interface GradedLag extends LabelledEstimate {
  readonly grade: string;
  readonly lag: number;
}

/** An estimate with its interval and n, in brackets after it: `0.58 % (95 %: 0.55 % to 0.61 %; n = 515)`. */
export function estimateWords(estimate: Estimate, text: (value: number) => string, {locale}: Formats): string {
  const {figure, interval, n, reason} = formatEstimate(estimate, text, locale);
  return reason === undefined
    ? `${figure} (${[interval, n].filter((each) => each !== undefined).join("; ")})`
    : `– (${reason})`;
}

/** How the latest window stands to all windows before it. */
export function rollingWords(
  {value}: RollingVolatility,
  window: number,
  text: (value: number) => string,
  format: Formats
): string {
  if (value.length < 2) return `Too few sessions for windows of ${window}`;
  const latest = value[value.length - 1]!;
  const before = value.subarray(0, -1);
  const below = before.filter((each) => each < latest).length / before.length;
  const rank =
    below >= 0.5
      ? `above ${format.fraction(below, {decimals: 0})}`
      : `below ${format.fraction(1 - below, {decimals: 0})}`;
  return `The last ${window} sessions moved ${text(latest)} each: ${rank} of the windows before`;
}

/** Whether the size of moves depends on the size of those before: the lags at which it can be told, after control for looking often. */
export function clusteringWords(lags: readonly GradedLag[], format: Formats): string {
  const lead = leadingLag(lags);
  if (lead?.estimate.value === undefined)
    return `Too little to look for clusters: ${lead?.estimate.reason ?? "no sessions"}`;
  const number = format.number(lead.estimate.value, {decimals: 2});
  if (!isClustered(lead))
    return `No evidence that large moves come together: the next session's size correlates at ${number}`;
  return lead.lag === 1
    ? `Large moves come together: one session's size and the next correlate at ${number}`
    : `Large moves come together: sizes still correlate at ${number} after ${lead.lag} sessions`;
}

/** The lag that the finding speaks of: the furthest at which clusters can be told, else the first. */
export function leadingLag<Lag extends GradedLag>(lags: readonly Lag[]): Lag | undefined {
  return lags[0]?.estimate.value === undefined ? lags[0] : (lags.findLast(isClustered) ?? lags[0]);
}

function isClustered({grade, estimate}: GradedLag): boolean {
  return grade !== "none" && (estimate.value ?? NaN) > 0;
}

/** Whether returns over many sessions move more or less than those over one would lead to expect. */
export function horizonWords(rows: readonly LabelledEstimate[], text: (value: number) => string): string {
  const known = rows.filter(({estimate}) => estimate.value !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || first === last) return "Too few sessions to compare horizons";
  const one = first.estimate.value!;
  const {value = NaN, low = -Infinity, high = Infinity} = last.estimate;
  const pair = `${text(value)} a session over ${last.label}, ${text(one)} over ${first.label}`;
  if (low <= one && one <= high) return `No evidence of trend or reversal: ${pair}`;
  return `${value > one ? "Moves go on" : "Moves are taken back"}: ${pair}`;
}

/** Whether a session looks wilder the more often it is looked at, as it does where trades bounce between bid and ask. */
export function samplingWords(rows: readonly LabelledEstimate[], text: (value: number) => string): string {
  const known = rows.filter(({estimate}) => estimate.value !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return "Too few sessions of shorter bars to sample";
  const {value = NaN, low = -Infinity, high = Infinity} = first.estimate;
  const coarse = last.estimate.value!;
  const pair = `${text(value)} ${first.label}, ${text(coarse)} ${last.label}`;
  if (low <= coarse && coarse <= high) return `How often it is sampled makes no difference that can be told: ${pair}`;
  return `${value > coarse ? "Short steps see more" : "Short steps see less"}: ${pair}`;
}

/** What the part that stands out most from an even spread is, and by how much; says so where none can be told from it. */
export function spreadWords(rows: readonly LabelledEstimate[], what: string, format: Formats): string {
  const times = (value: number) => `${format.number(value, {decimals: 1})} times`;
  const told = rows.filter(isUneven);
  const known = rows.filter(({estimate}) => estimate.value !== undefined);
  if (known.length === 0) return `Too few sessions to spread ${what} over the day`;
  if (told.length === 0) return `No part of the day can be told from an even spread of ${what}`;
  const [top, bottom] = [most(told), most(told, -1)];
  const lead = `${top.label} holds ${times(top.estimate.value!)} its even share of ${what}`;
  return top === bottom ? lead : `${lead}, ${bottom.label} ${times(bottom.estimate.value!)}`;
}

/** The part that a finding speaks of first: the highest of those told from an even spread, else the highest of all. */
export function leadingPart<Row extends LabelledEstimate>(rows: readonly Row[]): Row | undefined {
  const told = rows.filter(isUneven);
  const known = told.length > 0 ? told : rows.filter(({estimate}) => estimate.value !== undefined);
  return known.length === 0 ? undefined : most(known);
}

function isUneven({estimate: {low = NaN, high = NaN}}: LabelledEstimate): boolean {
  return low > 1 || high < 1;
}

function most<Row extends LabelledEstimate>(rows: readonly Row[], sign = 1): Row {
  return rows.reduce((best, row) => (sign * row.estimate.value! > sign * best.estimate.value! ? row : best));
}
