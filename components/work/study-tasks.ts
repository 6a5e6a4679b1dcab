import {daysAtOpen} from "../../services/analytics/bars/days-at-open.js";
import {endedDays} from "../../services/analytics/bars/ended-days.js";
import {
  type OpeningRange,
  type OpeningRangeSummary,
  openingRangeSummary,
  openingRanges
} from "../../services/analytics/sessions/opening-range.js";
import {type PartProfile, partProfiles} from "../../services/analytics/sessions/part-profile.js";
import {
  type GapGroup,
  gapGroups,
  type SessionGap,
  sessionGaps
} from "../../services/analytics/sessions/session-gaps.js";
import {regionalSessions, sessionHours} from "../../services/analytics/sessions/session-parts.js";
import {type SessionSlice, sessionSlices} from "../../services/analytics/sessions/session-slices.js";
import {estimateAutocorrelation} from "../../services/analytics/statistics/autocorrelation.js";
import {benjaminiHochberg} from "../../services/analytics/statistics/false-discovery.js";
import {gradeOf} from "../../services/analytics/statistics/grade.js";
import {meanOverSessions} from "../../services/analytics/statistics/mean-over-sessions.js";
import {estimateVolatility, volatilityByHorizon} from "../../services/analytics/volatility/estimate-volatility.js";
import type {VolatilityEstimator} from "../../services/analytics/volatility/estimators.js";
import {realisedVariances, realisedVolatility} from "../../services/analytics/volatility/realised-volatility.js";
import {type SessionMoves, sessionMoves, sessionReturns} from "../../services/analytics/volatility/session-moves.js";
import type {BarSeries} from "../../services/domain/bar.js";
import type {Session, TradingCalendar} from "../../services/domain/calendar.js";
import type {Estimate, EvidenceGrade} from "../../services/domain/estimate.js";
import {type EpochMs, MINUTE_MS, type SessionDate} from "../../services/domain/time.js";
import {isIntraday, type Timeframe, timeframeMs} from "../../services/domain/timeframe.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import type {Tasks} from "./tasks.js";

/** An instrument's bars as they were fetched, and what is needed to cut them into sessions. */
export interface StudyInput {
  readonly daily: ArrayBuffer;
  /** The finest bars kept. */
  readonly intraday: ArrayBuffer;
  readonly finest: Timeframe;
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

async function volatility(input: StudyInput): Promise<VolatilityStudy> {
  const {intraday, slices, days} = await cut(input);
  const moves = sessionMoves(days);
  const estimate = (name: VolatilityEstimator) => estimateVolatility(moves, name, {draws});
  const steps = [1, 5, 15, 30, 60].filter((each) => each * MINUTE_MS >= timeframeMs(input.finest) && slices.length > 0);
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
    sampled: steps.map((minutes) => {
      const variances = realisedVariances(intraday, slices, minutes * MINUTE_MS);
      return {label: `every ${minutes} min`, variances, estimate: realisedVolatility(variances)};
    }),
    hours: spreadOf(partProfiles(intraday, slices, sessionHours(input.calendar)), ({varianceShare}) => varianceShare),
    sessions: slices.length,
    dates: slices.map(({session}) => session.date)
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
  input: StudyInput & {readonly parts: "hours" | "regions"; readonly openingMinutes: number}
): Promise<SessionStudy> {
  const {intraday, slices, leftOut, days} = await cut(input);
  const profiles = partProfiles(
    intraday,
    slices,
    input.parts === "regions" ? regionalSessions : sessionHours(input.calendar)
  );
  const allGaps = sessionGaps(days);
  const opening = openingRanges(intraday, slices, input.openingMinutes);
  return {
    ranges: profiles.map(({label, dates, range}) => ({label, dates, values: range, estimate: meanOverSessions(range)})),
    volumes: spreadOf(profiles, ({volumeShare}) => volumeShare),
    opening,
    summary: openingRangeSummary(opening),
    gaps: gapGroups(allGaps),
    allGaps,
    sessions: slices.length,
    leftOut,
    first: slices[0]?.session,
    last: slices.at(-1)?.session
  };
}

async function cut({daily, intraday, finest, calendar, asOf}: StudyInput): Promise<{
  days: BarSeries;
  intraday: BarSeries;
  slices: readonly SessionSlice[];
  leftOut: number;
}> {
  const [days, bars] = await Promise.all([readBars(daily), readBars(intraday)]);
  const none = {slices: [], leftOut: 0};
  return {
    days: endedDays(daysAtOpen(days, calendar), calendar, asOf),
    intraday: bars,
    ...(isIntraday(finest) ? sessionSlices(bars, calendar, {stepMs: timeframeMs(finest), asOf}) : none)
  };
}

function spreadOf(profiles: readonly PartProfile[], shareOf: (profile: PartProfile) => Float64Array): PartRow[] {
  return profiles.map((profile) => {
    const values = shareOf(profile).map((share) => share / profile.evenShare);
    return {label: profile.label, dates: profile.dates, values, estimate: meanOverSessions(values)};
  });
}

/** What the two studies of an instrument have computed for them. */
export const studyTasks = {volatility, sessions} satisfies Tasks;
