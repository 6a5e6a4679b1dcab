import type {Estimate} from "../../domain/estimate.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import {type EpochMs, MINUTE_MS} from "../../domain/time.js";
import {type Opening, openingsOf} from "../performance/openings.js";
import type {BootstrapOptions} from "../statistics/bootstrap.js";
import type {PermutationOptions} from "../statistics/permutation-test.js";
import {median} from "../statistics/quantile.js";
import {sessionIndex} from "../statistics/session-index.js";
import {slopeWithinSessions} from "../statistics/slope-within-sessions.js";
import {type Finding, findingOf, gradeTogether} from "./finding.js";

/** An opening, and the streak of closes that the account stood in. */
export interface StreakEntry {
  readonly time: EpochMs;
  /** +3 after three wins in a row, −2 after two losses. */
  readonly streak: number;
  /** Lots over the median of the instrument's openings. */
  readonly relativeSize: number;
  /** Since the last close. */
  readonly minutes: number;
  readonly session: number; // the same number for the same session
}

/** How size answers to a streak; `time` how soon the next opening comes. */
export interface StreakFinding extends Finding {
  readonly time: Finding;
  readonly entries: readonly StreakEntry[];
}

/** The day, where streaks are cut, and how to draw and shuffle. */
export interface StreakOptions extends BootstrapOptions, PermutationOptions {
  readonly zone?: string; // UTC
  /** Longer streaks count as this long. */
  readonly longest?: number; // 5
}

/** A streak beyond so many counts as so many: there are too few of each. */
export const longestStreakCounted = 5;

/**
 * Streak reaction: by what fraction size, and time to the next opening, change with each step of the signed streak.
 *
 * A step is one more win in a row, or one fewer loss: 0.1 is a tenth larger after each further win and a tenth smaller
 * after each further loss. Slopes are of the logarithm, within sessions, on openings that follow a close of the same
 * session; streaks run over the whole history. Interval by bootstrap over sessions, p by permutation within sessions.
 *
 * @param trips in any order
 * @throws {RangeError} if the longest streak is not positive or the zone is unknown
 */
export function streakReaction(
  trips: readonly RoundTrip[],
  {zone = "UTC", longest = longestStreakCounted, ...options}: StreakOptions = {}
): StreakFinding {
  if (!(longest > 0)) throw new RangeError(`invalid longest streak: ${longest}`);
  const entries = streakEntries(trips, zone);
  const x = entries.map(({streak}) => Math.max(-longest, Math.min(longest, streak)));
  const sessions = entries.map(({session}) => session);
  const slope = (y: number[]) => asFraction(slopeWithinSessions({x, y, sessions}, "openings after a close", options));
  const size = slope(entries.map(({relativeSize}) => Math.log(relativeSize)));
  const time = slope(entries.map(({minutes}) => Math.log(Math.max(1, minutes))));
  const [gradedSize, gradedTime] = gradeTogether([
    findingOf({name: "streak-size", unit: "fraction", estimate: size, rows: []}),
    findingOf({name: "streak-time", unit: "fraction", estimate: time, rows: []})
  ] as const);
  return {...gradedSize, time: gradedTime, entries};
}

/** Openings that follow a close of their session, with the streak they stood in; scratches end a streak. */
export function streakEntries(trips: readonly RoundTrip[], zone: string): StreakEntry[] {
  const closes = trips.slice().sort((a, b) => a.closeTime - b.closeTime || (a.id < b.id ? -1 : 1));
  const openings = openingsOf(trips);
  const typical = typicalLots(openings);
  const found: (Omit<StreakEntry, "session"> & {closeTime: EpochMs})[] = [];
  let [next, streak] = [0, 0];
  for (const {time, lots, instrument} of openings) {
    for (; next < closes.length && closes[next]!.closeTime <= time; ++next) streak = nextStreak(streak, closes[next]!);
    const closeTime = closes[next - 1]?.closeTime;
    if (closeTime === undefined || streak === 0) continue;
    const minutes = (time - closeTime) / MINUTE_MS;
    found.push({time, streak, relativeSize: lots / typical.get(instrument)!, minutes, closeTime});
  }
  const {index} = sessionIndex([...found.map(({time}) => time), ...found.map(({closeTime}) => closeTime)], zone);
  return found
    .map(({closeTime: _, ...entry}, i) => ({...entry, session: index[i]!}))
    .filter((_, i) => index[i] === index[found.length + i]);
}

function nextStreak(streak: number, {net}: RoundTrip): number {
  const sign = Math.sign(net.minor);
  return sign === 0 ? 0 : Math.sign(streak) === sign ? streak + sign : sign;
}

function typicalLots(openings: readonly Opening[]): Map<InstrumentId, number> {
  const instruments = new Set(openings.map(({instrument}) => instrument));
  return new Map(
    [...instruments].map((id) => [
      id,
      median(openings.filter(({instrument}) => instrument === id).map(({lots}) => lots))
    ])
  );
}

/** A slope of logarithms as the fraction that one step changes: 0.0953 is a tenth. */
function asFraction(estimate: Estimate): Estimate {
  const {value, low, high} = estimate;
  if (value === undefined) return estimate;
  if (low === undefined || high === undefined) return {...estimate, value: Math.expm1(value)};
  return {...estimate, value: Math.expm1(value), low: Math.expm1(low), high: Math.expm1(high)};
}
