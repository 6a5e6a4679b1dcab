import {daysAtOpen} from "../../services/analytics/bars/days-at-open.js";
import {endedDays} from "../../services/analytics/bars/ended-days.js";
import {
  type OpeningRange,
  type OpeningRangeSummary,
  openingRangeSummary
} from "../../services/analytics/sessions/opening-range.js";
import {partRanges, partShares} from "../../services/analytics/sessions/part-sums.js";
import type {SessionDigest} from "../../services/analytics/sessions/session-digest.js";
import {
  type GapGroup,
  gapGroups,
  type SessionGap,
  sessionGaps
} from "../../services/analytics/sessions/session-gaps.js";
import {estimateAutocorrelation} from "../../services/analytics/statistics/autocorrelation.js";
import {benjaminiHochberg} from "../../services/analytics/statistics/false-discovery.js";
import {gradeOf} from "../../services/analytics/statistics/grade.js";
import {meanOverSessions} from "../../services/analytics/statistics/mean-over-sessions.js";
import {estimateVolatility, volatilityByHorizon} from "../../services/analytics/volatility/estimate-volatility.js";
import type {VolatilityEstimator} from "../../services/analytics/volatility/estimators.js";
import {realisedVolatility} from "../../services/analytics/volatility/realised-volatility.js";
import {type SessionMoves, sessionMoves, sessionReturns} from "../../services/analytics/volatility/session-moves.js";
import type {VarianceDigest} from "../../services/analytics/volatility/variance-digest.js";
import type {BarSeries} from "../../services/domain/bar.js";
import type {Session, TradingCalendar} from "../../services/domain/calendar.js";
import type {Estimate, EvidenceGrade} from "../../services/domain/estimate.js";
import type {EpochMs, SessionDate} from "../../services/domain/time.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import type {Tasks} from "./tasks.js";

/** An instrument's daily bars as they were fetched, and what is needed to leave out the session under way. */
export interface StudyInput {
  readonly daily: ArrayBuffer;
  readonly calendar: TradingCalendar;
  /** When the source was asked: a session that had not ended then is left out. */
  readonly asOf: EpochMs;
}

/** A group and its estimate. */
export interface StudyRow {
  readonly label: string;
  readonly estimate: Estimate;
}

/** A part of the day, its estimate, and what each session gave to it. */
export interface PartRow extends StudyRow {
  readonly dates: readonly SessionDate[];
  /** One a session, NaN where it says nothing. */
  readonly values: Float64Array;
}

/** Realised volatility of sessions looked at so often, and the variance of each session. */
export interface SampledRow extends StudyRow {
  readonly variances: Float64Array; // squared fractions, one a session
}

/** What the volatility study says, all of it fractions per session. */
export interface VolatilityStudy {
  readonly moves: SessionMoves;
  readonly estimates: Readonly<Record<VolatilityEstimator, Estimate>>;
  readonly horizons: readonly (StudyRow & {readonly horizon: number})[];
  /** Correlations of the sizes of moves so many sessions apart, graded together. */
  readonly lags: readonly (StudyRow & {readonly lag: number; readonly grade: EvidenceGrade})[];
  /** Realised volatility by how often a session is looked at. */
  readonly sampled: readonly SampledRow[];
  /** Shares of a session's variance by hour, over the hours' even shares. */
  readonly hours: readonly PartRow[];
  /** Whole sessions of intraday bars. */
  readonly sessions: number;
  readonly dates: readonly SessionDate[];
}

/** What the session study says. */
export interface SessionStudy {
  readonly ranges: readonly PartRow[];
  /** Shares of a session's volume, over even shares. */
  readonly volumes: readonly PartRow[];
  readonly opening: readonly OpeningRange[];
  readonly summary: OpeningRangeSummary;
  readonly gaps: readonly GapGroup[];
  readonly allGaps: readonly SessionGap[];
  readonly sessions: number;
  readonly leftOut: number;
  readonly first: Session | undefined;
  readonly last: Session | undefined;
}

const draws = 1000;

async function volatility(input: StudyInput & {readonly digest: VarianceDigest}): Promise<VolatilityStudy> {
  const {dates, sampled, variance, hours} = input.digest;
  const moves = sessionMoves(await wholeDays(input));
  const estimate = (name: VolatilityEstimator) => estimateVolatility(moves, name, {draws});
  return {
    moves,
    estimates: {
      "yang-zhang": estimate("yang-zhang"),
      "close-to-close": estimate("close-to-close"),
      "rogers-satchell": estimate("rogers-satchell"),
      "garman-klass": estimate("garman-klass"),
      parkinson: estimate("parkinson")
    },
    horizons: [1, 2, 5, 10, 20].map((horizon) => ({
      label: horizon === 1 ? "one session" : `${horizon} sessions`,
      horizon,
      estimate: volatilityByHorizon(moves, horizon, {draws})
    })),
    lags: gradedLags(sessionReturns(moves).map(Math.abs)),
    sampled: sampled.map(({minutes, variances}) => {
      const columns = Float64Array.from(variances);
      return {label: `every ${minutes} min`, variances: columns, estimate: realisedVolatility(columns)};
    }),
    hours: hours.map((part) => rowOf(part, partShares(part, part.variance, variance), dates)),
    sessions: dates.length,
    dates
  };
}

function gradedLags(sizes: Float64Array): VolatilityStudy["lags"] {
  const tested = [1, 2, 3, 5, 10, 20].map((lag) => ({lag, estimate: estimateAutocorrelation(sizes, lag, {draws})}));
  const adjusted = benjaminiHochberg(tested.map(({estimate}) => estimate.p ?? NaN));
  return tested.map(({lag, estimate}, i) => ({
    lag,
    label: `${lag} later`,
    estimate,
    grade: gradeOf(adjusted[i], estimate.n)
  }));
}

async function sessions(
  input: StudyInput & {
    readonly digest: SessionDigest;
    readonly parts: "hours" | "regions";
    readonly openingMinutes: number;
  }
): Promise<SessionStudy> {
  const {digest, openingMinutes} = input;
  const parts = digest[input.parts];
  const dates = digest.sessions.map(({date}) => date);
  const opening = digest.opening.find(({minutes}) => minutes === openingMinutes)?.ranges;
  if (opening === undefined) throw new RangeError(`no opening range of ${openingMinutes} minutes`);
  const allGaps = sessionGaps(await wholeDays(input));
  return {
    ranges: parts.map((part) => rowOf(part, partRanges(part), dates)),
    volumes: parts.map((part) => rowOf(part, partShares(part, part.volume, digest.volume), dates)),
    opening,
    summary: openingRangeSummary(opening),
    gaps: gapGroups(allGaps),
    allGaps,
    sessions: dates.length,
    leftOut: digest.leftOut,
    first: digest.sessions[0],
    last: digest.sessions.at(-1)
  };
}

async function wholeDays({daily, calendar, asOf}: StudyInput): Promise<BarSeries> {
  return endedDays(daysAtOpen(await readBars(daily), calendar), calendar, asOf);
}

function rowOf(
  {label, sessions}: {readonly label: string; readonly sessions: readonly number[]},
  values: Float64Array,
  dates: readonly SessionDate[]
): PartRow {
  return {label, dates: sessions.map((i) => dates[i]!), values, estimate: meanOverSessions(values)};
}

/** What the two studies of an instrument have computed for them. */
export const studyTasks = {volatility, sessions} satisfies Tasks;
