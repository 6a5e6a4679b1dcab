import type {TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";
import {isIntraday, parseTimeframe, type Timeframe, timeframeMs} from "../../domain/timeframe.js";
import {foldTicks} from "./fold-ticks.js";
import {foldBars} from "./resample-bars.js";
import {finishBars, type ResampledBars} from "./resampled-bars.js";
import type {TickTable} from "./tick-table.js";

/** What to make of a table of ticks. */
export interface CascadeOptions {
  /** The venue's calendar of each instrument, in the order of `TickTable.instrument`. */
  readonly calendars: readonly TradingCalendar[];
  /** Finest first, and that of seconds, minutes or hours; each of the others is made of an earlier one. */
  readonly timeframes: readonly Timeframe[];
  /** Until when the ticks are known to be complete; default: the time of the last. */
  readonly asOf?: EpochMs;
}

/**
 * Bar cascade: ticks of many instruments into bars of several timeframes, the finest from the ticks in one pass over
 * the columns, each other one from the longest earlier one that divides it.
 *
 * @returns per instrument, per timeframe as given, what `ticksToBars` makes of that instrument's ticks, and
 * `resampleBars` of those bars, bit for bit; the finest bars of all instruments share one buffer a column
 * @throws {RangeError} naming the row if a price is not positive, a volume negative, an instrument unknown or times
 * fall; or the timeframe, if the finest is not intraday or none before one divides it
 * @example cascadeBars(ticks, {calendars: [nse, nse], timeframes: ["1s", "1m", "5m", "1h"]})[1]![3] // hours of the second
 */
export function cascadeBars(ticks: TickTable, options: CascadeOptions): ResampledBars[][] {
  const {calendars, timeframes, asOf = ticks.time.at(-1) ?? -Infinity} = options;
  const [finest] = timeframes;
  if (finest === undefined || !isIntraday(finest)) throw new RangeError(`finest timeframe not intraday: ${finest}`);
  const sources = timeframes.map((timeframe, i) => sourceOf(timeframe, timeframes.slice(0, i)));
  return foldTicks(ticks, finest, calendars).map(({bars, end, left}, instrument) => {
    const calendar = calendars[instrument]!;
    const levels = [finishBars(bars, {end, left, asOf}, calendar)];
    for (let i = 1; i < timeframes.length; ++i)
      levels.push(foldBars(levels[sources[i]!]!, timeframes[i]!, calendar, asOf));
    return levels;
  });
}

/** The place among earlier timeframes of the longest whose bars each lie in one bar of this; 0 for the finest itself. */
function sourceOf(timeframe: Timeframe, earlier: readonly Timeframe[]): number {
  if (earlier.length === 0) return 0;
  const fitting = earlier.filter((finer) => divides(finer, timeframe));
  const longest = fitting.reduce<Timeframe | undefined>(
    (best, finer) => (best !== undefined && timeframeMs(best) >= timeframeMs(finer) ? best : finer),
    undefined
  );
  if (longest === undefined) throw new RangeError(`no earlier timeframe divides it: ${timeframe}`);
  return earlier.indexOf(longest);
}

/** Intraday bars count from the session's open and days hold whole sessions, so a day takes any; weeks cut months. */
function divides(finer: Timeframe, coarser: Timeframe): boolean {
  if (isIntraday(coarser)) return isIntraday(finer) && timeframeMs(coarser) % timeframeMs(finer) === 0;
  return isIntraday(finer) || (parseTimeframe(finer).unit === "d" && parseTimeframe(finer).count === 1);
}
