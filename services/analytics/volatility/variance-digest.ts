import type {BarSeries} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import {MINUTE_MS, type SessionDate} from "../../domain/time.js";
import {type PartSums, partSums} from "../sessions/part-sums.js";
import {sessionHours, wholeSession} from "../sessions/session-parts.js";
import {type SliceOptions, sessionSlices} from "../sessions/session-slices.js";
import {realisedVariances} from "./realised-volatility.js";

/** What a study of volatility needs of intraday bars, a few values a session in place of its bars. */
export interface VarianceDigest {
  /** Whole sessions, oldest first. */
  readonly dates: readonly SessionDate[];
  /** Realised variance of each session, by how often it is looked at; steps shorter than a bar are left out. */
  readonly sampled: readonly {readonly minutes: number; readonly variances: readonly number[]}[];
  /** Sum of squared log returns of each session, bar by bar. */
  readonly variance: readonly number[];
  readonly hours: readonly PartVariance[];
}

/** A part of the day by its sum of squared log returns. */
export type PartVariance = Pick<PartSums, "label" | "sessions" | "variance" | "evenShare">;

const steps = [1, 5, 15, 30, 60];

/** The variance of sessions of intraday bars, by sampling interval and by hour. */
export function varianceDigest(series: BarSeries, calendar: TradingCalendar, options: SliceOptions): VarianceDigest {
  const {slices} = sessionSlices(series, calendar, options);
  const [whole] = partSums(series, slices, [wholeSession]);
  const isLongEnough = (minutes: number) => minutes * MINUTE_MS >= options.stepMs && slices.length > 0;
  return {
    dates: slices.map(({session}) => session.date),
    sampled: steps.filter(isLongEnough).map((minutes) => ({
      minutes,
      variances: [...realisedVariances(series, slices, minutes * MINUTE_MS)]
    })),
    variance: whole!.variance,
    hours: partSums(series, slices, sessionHours(calendar)).map(({label, sessions, variance, evenShare}) => ({
      ...{label, sessions, variance, evenShare}
    }))
  };
}
