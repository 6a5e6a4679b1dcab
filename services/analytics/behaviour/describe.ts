import type {Estimate} from "../../domain/estimate.js";
import type {HourFinding} from "./expectancy-by-hour.js";
import type {Finding} from "./finding.js";
import {hourLabel} from "./hour-label.js";
import type {ReentryFinding} from "./reentry.js";

/**
 * Re-entry in one plain sentence, no stronger than its grade.
 *
 * @example "You re-enter 11 minutes sooner after a loss, 95 % between 6 and 17; n = 214."
 */
export function describeReentry(finding: Finding): string {
  return sentence(finding, {
    asked: "whether you re-enter sooner or later after a loss than after a win",
    none: "no evidence that you re-enter sooner or later after a loss than after a win",
    say: (value) => `you re-enter ${minutes(decimals(Math.abs(value)))} ${value < 0 ? "sooner" : "later"} after a loss`,
    show: decimals,
    unit: minutes
  });
}

/**
 * The share of re-entries within the window in one plain sentence.
 *
 * @example "You re-enter within 15 minutes more often after a loss, by 12 points, 95 % between 4 and 20; n = 214."
 */
export function describeReentryShare({share, windowMinutes}: Pick<ReentryFinding, "share" | "windowMinutes">): string {
  return sentence(share, {
    asked: `whether you re-enter within ${windowMinutes} minutes more often after a loss than after a win`,
    none: `no evidence that you re-enter within ${windowMinutes} minutes more or less often after a loss than after a win`,
    say: (value) =>
      `you re-enter within ${windowMinutes} minutes ${value > 0 ? "more" : "less"} often after a loss, by ${points(hundredths(value))}`,
    show: (value) => decimals(100 * value),
    unit: points
  });
}

/**
 * The disposition effect in one plain sentence.
 *
 * @example "You close gains more readily than losses, by 12 points, 95 % between 4 and 20; n = 1 688."
 */
export function describeDisposition(finding: Finding): string {
  return sentence(finding, {
    asked: "whether you close gains more readily than losses",
    none: "no evidence that you close gains more or less readily than losses",
    say: (value) =>
      `you close gains ${value > 0 ? "more" : "less"} readily than losses, by ${points(hundredths(value))}`,
    show: (value) => decimals(100 * value),
    unit: points
  });
}

/**
 * Size after streaks in one plain sentence.
 *
 * @example "Your size grows by 9 % with each win in a row, 95 % between 4 and 14; n = 380."
 */
export function describeStreakSize(finding: Finding): string {
  return sentence(finding, {
    asked: "whether your size follows your streaks",
    none: "no evidence that your size follows your streaks",
    say: (value) =>
      `your size ${value > 0 ? "grows" : "shrinks"} by ${percent(hundredths(value))} with each win in a row`,
    show: (value) => decimals(100 * value),
    unit: (text) => `${percent(text)} a win`
  });
}

/**
 * Time to the next opening after streaks in one plain sentence.
 *
 * @example "The time to your next opening shrinks by 12 % with each win in a row, 95 % between 4 and 20; n = 380."
 */
export function describeStreakTime(time: Finding): string {
  return sentence(time, {
    asked: "whether the time to your next opening follows your streaks",
    none: "no evidence that the time to your next opening follows your streaks",
    say: (value) =>
      `the time to your next opening ${value > 0 ? "grows" : "shrinks"} by ${percent(hundredths(value))} with each win in a row`,
    show: (value) => decimals(100 * value),
    unit: (text) => `${percent(text)} a win`
  });
}

/**
 * Which hours can be told from the others, in one plain sentence.
 *
 * @example "Results of 14:00–15:00 differ from the rest of the same days; n = 412."
 */
export function describeHours({estimate, grade, hours}: HourFinding): string {
  const {value, reason, n} = estimate;
  if (value === undefined) return `Too little to say whether results differ by hour of opening: ${reason}.`;
  const found = hours.filter(({isDistinguishable}) => isDistinguishable);
  if (grade === "none" || found.length === 0)
    return `There is no evidence that results differ by hour of opening; n = ${count(n)}.`;
  const named = found.map(({hour}) => hourLabel(hour)).join(", ");
  const claim = `results of ${named} differ from the rest of the same days; n = ${count(n)}.`;
  return grade === "weak" ? `There is weak evidence that ${claim}` : capital(claim);
}

interface Wording {
  /** After "Too little to say". */
  readonly asked: string;
  /** After "There is". */
  readonly none: string;
  readonly say: (value: number) => string;
  /** A bound of the interval, in the unit that `say` uses. */
  readonly show: (value: number) => string;
  /** A number with that unit: `11 minutes`. */
  readonly unit: (text: string) => string;
}

function sentence({estimate, grade}: Finding, {asked, none, say, show, unit}: Wording): string {
  const {value, n, reason} = estimate;
  if (value === undefined) return `Too little to say ${asked}: ${reason}.`;
  if (grade === "none")
    return `There is ${none}: the difference is ${unit(show(value))}${bounds(estimate, 1, show)}; n = ${count(n)}.`;
  const claim = `${say(value)}${bounds(estimate, value < 0 ? -1 : 1, show)}; n = ${count(n)}.`;
  return grade === "weak" ? `There is weak evidence that ${claim}` : capital(claim);
}

/** The interval in the direction of the sentence: for "sooner", −17 … −6 reads "between 6 and 17". */
function bounds({low, high, level}: Estimate, direction: 1 | -1, show: (value: number) => string): string {
  if (low === undefined || high === undefined || level === undefined) return "";
  const [from, to] = direction === 1 ? [low, high] : [-high, -low];
  return `, ${decimals(100 * level)} % between ${show(from)} and ${show(to)}`;
}

function hundredths(fraction: number): string {
  return decimals(Math.abs(100 * fraction));
}

function minutes(text: string): string {
  return `${text} ${text === "1" ? "minute" : "minutes"}`;
}

function points(text: string): string {
  return `${text} ${text === "1" ? "point" : "points"}`;
}

function percent(text: string): string {
  return `${text} %`;
}

/** Whole numbers from 10 on, one decimal below; a true minus sign, and no minus before a zero. */
function decimals(value: number): string {
  const digits = Math.abs(value) >= 9.95 ? 0 : 1;
  const text = Math.abs(value).toFixed(digits).replace(/\.0$/, "");
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Thousands parted by a narrow space, as everywhere on a page. */
function count(n: number): string {
  return `${n}`.replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
