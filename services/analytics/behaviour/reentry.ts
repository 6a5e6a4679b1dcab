import type {Estimate} from "../../domain/estimate.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import {type EpochMs, MINUTE_MS} from "../../domain/time.js";
import {type BootstrapOptions, bootstrapInterval} from "../statistics/bootstrap.js";
import {compareWithinSessions} from "../statistics/compare-within-sessions.js";
import {estimateWith, refuseSmall} from "../statistics/estimates.js";
import {createGroupedMedian} from "../statistics/grouped-median.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import type {PermutationOptions} from "../statistics/permutation-test.js";
import {sessionIndex} from "../statistics/session-index.js";
import {wilsonInterval} from "../statistics/wilson.js";
import {type EvidenceRow, type Finding, findingOf, gradeTogether} from "./finding.js";

/** An opening that followed a close in the same session. */
export interface Reentry {
  readonly time: EpochMs;
  /** From the last close before it. */
  readonly minutes: number;
  readonly isAfterLoss: boolean;
  readonly session: number; // the same number for the same session
}

/** Time to re-entry, with the share within the window and every re-entry. */
export interface ReentryFinding extends Finding {
  /** The difference in the share that re-enters within the window. */
  readonly share: Finding;
  readonly windowMinutes: number;
  readonly reentries: readonly Reentry[];
}

/** The day, the window, and how to draw and shuffle. */
export interface ReentryOptions extends BootstrapOptions, PermutationOptions {
  /** The zone in which the account's trading day is counted. */
  readonly zone?: string; // UTC
  /** A re-entry this soon counts as within the window. */
  readonly windowMinutes?: number; // 15
}

/**
 * Re-entry: how much sooner or later an account opens again after a loss than after a win of the same session.
 *
 * The effect is in minutes, after a loss less after a win, so that −11 is 11 minutes sooner; `share` is the same for
 * the share of re-entries within the window. A close after which nothing was opened in that session does not count:
 * stopping for the day is not a re-entry. Interval by bootstrap over sessions, p by permutation within sessions.
 *
 * @param trips in any order
 * @throws {RangeError} if the window is not positive or the zone is unknown
 *
 * Source: the comparison follows Coval & Shumway, Do behavioral biases affect prices?, *Journal of Finance* 60 (2005).
 */
export function reentry(
  trips: readonly RoundTrip[],
  {zone = "UTC", windowMinutes = 15, ...options}: ReentryOptions = {}
): ReentryFinding {
  if (!(windowMinutes > 0)) throw new RangeError(`invalid window: ${windowMinutes}`);
  const reentries = reentriesOf(trips, zone);
  const labels = reentries.map(({isAfterLoss}) => (isAfterLoss ? 1 : 0));
  const sessions = reentries.map(({session}) => session);
  const compare = (values: number[]) =>
    compareWithinSessions({values, labels, sessions}, ["re-entries after a loss", "re-entries after a win"], options);
  const isWithin = reentries.map(({minutes}) => (minutes <= windowMinutes ? 1 : 0));
  const time = findingOf({
    name: "reentry",
    unit: "minutes",
    estimate: compare(reentries.map(({minutes}) => minutes)),
    rows: [timeRow(reentries, true, options), timeRow(reentries, false, options)]
  });
  const share = findingOf({
    name: "reentry-share",
    unit: "fraction",
    estimate: compare(isWithin),
    rows: [shareRow(reentries, true, windowMinutes), shareRow(reentries, false, windowMinutes)]
  });
  const [gradedTime, gradedShare] = gradeTogether([time, share] as const);
  return {...gradedTime, share: gradedShare, windowMinutes, reentries};
}

/**
 * Each opening that followed a close in its session, with the time since the last close and whether that lost.
 * Closes of one moment count as one, by their sum; after a close that made nothing, the opening is left out.
 */
export function reentriesOf(trips: readonly RoundTrip[], zone: string): Reentry[] {
  const closes = closesOf(trips);
  const openings = [...new Map(trips.map(({tickets, openTime}) => [tickets[0], openTime])).values()].sort(
    (a, b) => a - b
  );
  const found: Omit<Reentry, "session">[] = [];
  const closeTimes: EpochMs[] = [];
  let next = 0;
  for (const time of openings) {
    while (next < closes.length && closes[next]!.time <= time) ++next;
    const last = closes[next - 1];
    if (last === undefined || last.minor === 0) continue;
    found.push({time, minutes: (time - last.time) / MINUTE_MS, isAfterLoss: last.minor < 0});
    closeTimes.push(last.time);
  }
  const {index} = sessionIndex([...found.map(({time}) => time), ...closeTimes], zone);
  return found
    .map((entry, i) => ({...entry, session: index[i]!}))
    .filter((_, i) => index[i] === index[found.length + i]);
}

function closesOf(trips: readonly RoundTrip[]): {time: EpochMs; minor: number}[] {
  const sums = new Map<EpochMs, number>();
  for (const {closeTime, net} of trips) sums.set(closeTime, (sums.get(closeTime) ?? 0) + net.minor);
  return [...sums].map(([time, minor]) => ({time, minor})).sort((a, b) => a.time - b.time);
}

function timeRow(reentries: readonly Reentry[], isAfterLoss: boolean, options: BootstrapOptions): EvidenceRow {
  const own = reentries.filter((entry) => entry.isAfterLoss === isAfterLoss);
  const label = `Median time to re-entry after a ${isAfterLoss ? "loss" : "win"}`;
  return {label, unit: "minutes", estimate: medianBySession(own, options)};
}

function medianBySession(reentries: readonly Reentry[], options: BootstrapOptions): Estimate {
  const n = reentries.length;
  if (n < minimumSample.mean) return refuseSmall(n, minimumSample.mean, "re-entries");
  const bySession = new Map<number, number[]>();
  for (const {session, minutes} of reentries) {
    const own = bySession.get(session);
    if (own) own.push(minutes);
    else bySession.set(session, [minutes]);
  }
  const units = [...bySession.values()];
  if (units.length < minimumSample.sessions) return refuseSmall(units.length, minimumSample.sessions, "sessions");
  const medianOf = createGroupedMedian(units);
  const all = units.map((_, unit) => unit);
  return estimateWith(medianOf(all), n, bootstrapInterval(all, medianOf, options), "median, bootstrap by session");
}

function shareRow(reentries: readonly Reentry[], isAfterLoss: boolean, windowMinutes: number): EvidenceRow {
  const own = reentries.filter((entry) => entry.isAfterLoss === isAfterLoss);
  const within = own.filter(({minutes}) => minutes <= windowMinutes).length;
  const [n, minimum, level] = [own.length, minimumSample.share, 0.95];
  const estimate =
    n < minimum
      ? refuseSmall(n, minimum, "re-entries")
      : {value: within / n, n, ...wilsonInterval(within, n, level), level, method: "Wilson"};
  const kind = isAfterLoss ? "loss" : "win";
  return {label: `Re-entered within ${windowMinutes} minutes after a ${kind}`, unit: "fraction", estimate};
}
