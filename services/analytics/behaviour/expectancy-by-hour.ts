import type {Estimate, EvidenceGrade} from "../../domain/estimate.js";
import {toAmount} from "../../domain/money.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import {HOUR_MS} from "../../domain/time.js";
import {toWall} from "../../domain/zone.js";
import {type BootstrapOptions, createSumResampling} from "../statistics/bootstrap.js";
import {estimateWith, refuse, refuseSmall} from "../statistics/estimates.js";
import {benjaminiHochberg} from "../statistics/false-discovery.js";
import {gradeOf} from "../statistics/grade.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import {type PermutationOptions, permutationTest} from "../statistics/permutation-test.js";
import {sessionIndex} from "../statistics/session-index.js";
import {type Finding, findingOf} from "./finding.js";
import {hourLabel} from "./hour-label.js";

/** What the round trips opened in one hour of the day made. */
export interface HourExpectancy {
  /** 0 … 23 on the zone's clock. */
  readonly hour: number;
  /** Mean net per round trip, in major units, with p that the hour is like the session's other hours. */
  readonly estimate: Estimate;
  /** After false-discovery control over the hours. */
  readonly adjustedP: number | undefined;
  readonly grade: EvidenceGrade;
  /** Whether it can be told from the session's other hours; grey where not. */
  readonly isDistinguishable: boolean;
}

/** Which hours differ, with every hour. */
export interface HourFinding extends Finding {
  /** Always 24, by hour; an hour without round trips says so. */
  readonly hours: readonly HourExpectancy[];
}

/** The clock, and how to draw and shuffle. */
export interface HourOptions extends BootstrapOptions, PermutationOptions {
  readonly zone?: string; // UTC
}

/**
 * Expectancy by hour of opening, and which hours can be told from the others of the same session.
 *
 * Each hour has its mean net with a bootstrap interval over sessions, and a p by permutation within sessions. The
 * finding's own estimate counts the distinguishable hours; its p, that no hour differs, is Simes's: the smallest
 * adjusted p.
 *
 * @param trips in any order, of one currency
 * @throws {RangeError} if the zone is unknown
 *
 * Source: Simes, An improved Bonferroni procedure, *Biometrika* 73 (1986), 751–754.
 */
export function expectancyByHour(
  trips: readonly RoundTrip[],
  {zone = "UTC", ...options}: HourOptions = {}
): HourFinding {
  const openTimes = trips.map(({openTime}) => openTime);
  const values = trips.map(({net}) => toAmount(net));
  const labels = openTimes.map((time) => Math.floor((((toWall(zone, time) / HOUR_MS) % 24) + 24) % 24));
  const sessions = sessionIndex(openTimes, zone).index;
  const pValues = permutationTest(values, labels, sessions, options);
  const estimates = Array.from({length: 24}, (_, hour) => {
    const rows = labels.flatMap((label, i) => (label === hour ? [i] : []));
    const estimate = meanBySession(values, sessions, rows, options);
    const p = pValues[hour] ?? NaN;
    return estimate.value === undefined || Number.isNaN(p) ? estimate : {...estimate, p};
  });
  const hours = gradeHours(estimates);
  const estimate = overall(hours, trips.length);
  const rows = hours
    .filter(({estimate}) => estimate.n > 0)
    .map(({hour, estimate}) => ({label: hourLabel(hour), unit: "money" as const, estimate}));
  return {...findingOf({name: "hours", unit: "count", estimate, rows}), hours};
}

function gradeHours(estimates: readonly Estimate[]): HourExpectancy[] {
  const adjusted = benjaminiHochberg(estimates.map(({p}) => p ?? NaN));
  return estimates.map((estimate, hour) => {
    const adjustedP = Number.isNaN(adjusted[hour]) ? undefined : adjusted[hour];
    const grade = gradeOf(adjustedP, estimate.n);
    return {hour, estimate, adjustedP, grade, isDistinguishable: grade !== "none"};
  });
}

function overall(hours: readonly HourExpectancy[], n: number): Estimate {
  const tested = hours.filter(({adjustedP}) => adjustedP !== undefined);
  if (tested.length < 2) return refuse(n, `${tested.length} hours with enough round trips; at least 2 are needed`);
  const p = Math.min(...tested.map(({adjustedP}) => adjustedP!));
  const value = hours.filter(({isDistinguishable}) => isDistinguishable).length;
  return {value, n, p, method: `permutation within session, Simes over ${tested.length} hours`};
}

function meanBySession(
  values: readonly number[],
  sessions: Int32Array,
  rows: readonly number[],
  options: BootstrapOptions
): Estimate {
  const n = rows.length;
  if (n < minimumSample.mean) return refuseSmall(n, minimumSample.mean, "round trips");
  const units = new Map<number, {n: number; sum: number}>();
  for (const row of rows) {
    const unit = units.get(sessions[row]!) ?? {n: 0, sum: 0};
    units.set(sessions[row]!, unit);
    unit.n += 1;
    unit.sum += values[row]!;
  }
  if (units.size < minimumSample.sessions) return refuseSmall(units.size, minimumSample.sessions, "sessions");
  const sums = [...units.values()];
  const intervalOf = createSumResampling(
    sums.map((unit) => [unit.n, unit.sum]),
    options
  );
  return estimateWith(
    meanOf(sums),
    n,
    intervalOf(([count, sum]) => sum! / count!),
    "bootstrap by session"
  );
}

function meanOf(units: readonly {n: number; sum: number}[]): number {
  let n = 0;
  let sum = 0;
  for (const unit of units) {
    n += unit.n;
    sum += unit.sum;
  }
  return sum / n;
}
