import type {BarSeries} from "../../domain/bar.js";
import type {Session, TradingCalendar} from "../../domain/calendar.js";
import {type OpeningRange, openingRanges} from "./opening-range.js";
import {type PartSums, partSums} from "./part-sums.js";
import {isAroundTheClock, regionalSessions, sessionHours, wholeSession} from "./session-parts.js";
import {type SliceOptions, sessionSlices} from "./session-slices.js";

/** Minutes that an opening range may last. */
export const openingMinutes = [15, 30, 60] as const;

/** What a study of sessions needs of intraday bars, a few values a session in place of its bars. */
export interface SessionDigest {
  /** Whole sessions, oldest first. */
  readonly sessions: readonly Session[];
  /** Sessions under way, cut short or with a hole. */
  readonly leftOut: number;
  /** Volume of each session. */
  readonly volume: readonly number[];
  readonly hours: readonly PartPrices[];
  /** Empty where the venue does not trade around the clock. */
  readonly regions: readonly PartPrices[];
  readonly opening: readonly {readonly minutes: number; readonly ranges: readonly OpeningRange[]}[];
}

/** A part of the day by its prices and volume. */
export type PartPrices = Omit<PartSums, "variance">;

/** The sessions of intraday bars, by their hours, by the regions of the world, and by their opening ranges. */
export function sessionDigest(series: BarSeries, calendar: TradingCalendar, options: SliceOptions): SessionDigest {
  const {slices, leftOut} = sessionSlices(series, calendar, options);
  const [whole] = partSums(series, slices, [wholeSession]);
  const pricesOf = (rules: Parameters<typeof partSums>[2]) =>
    partSums(series, slices, rules).map(({variance: _, ...prices}) => prices);
  return {
    sessions: slices.map(({session}) => session),
    leftOut,
    volume: whole!.volume,
    hours: pricesOf(sessionHours(calendar)),
    regions: isAroundTheClock(calendar) ? pricesOf(regionalSessions) : [],
    opening: openingMinutes.map((minutes) => ({minutes, ranges: openingRanges(series, slices, minutes)}))
  };
}
