import {createBucketRule} from "../../services/analytics/bars/bucket.js";
import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {type BarSeries, barAt, barColumns, createBarSeries, sliceBars} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {EpochMs} from "../../services/domain/time.js";
import {isIntraday, type Timeframe, timeframeMs} from "../../services/domain/timeframe.js";
import {barGaps} from "./bar-gaps.js";
import type {JoinedSeries} from "./join-series.js";

/** How longer bars are made of joined minutes. */
export interface AtTimeframeOptions {
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
  /** Coarser bars of the time before the minutes begin, none longer than *timeframe*. */
  readonly before?: BarSeries;
  /** From when on the minutes are whole; rows before it are left to *before*. */
  readonly wholeFrom?: EpochMs;
}

const MINUTE_MS = 60_000;

/**
 * Joined minutes as longer bars, by the same fold that makes the snapshots': a bar is forming until the last of its
 * minutes is final, healed or corrected if one of its minutes was, and incomplete if one is missing.
 */
export function atTimeframe(joined: JoinedSeries, options: AtTimeframeOptions): JoinedSeries {
  const {timeframe, calendar} = options;
  if (timeframe === "1m") return joined;
  const minutes = wholeMinutes(joined.bars, options);
  const finals = minutes.length - (joined.forming ? 1 : 0);
  const asOf = finals > 0 ? minutes.time[finals - 1]! + MINUTE_MS : -Infinity;
  const {lastIsPartial, ...bars} = resampleBars(minutes, timeframe, calendar, {asOf});
  const bucketAt = createBucketRule(timeframe, calendar);
  const opening = (time: EpochMs) => bucketAt(time)?.start ?? time;
  const openings = (times: Iterable<EpochMs>) => new Set(Array.from(times, opening));
  const incomplete = openings(joined.gaps.flatMap(({start, end}) => everyMinute(start, end)));
  const last = bars.time.at(-1);
  const forming = lastIsPartial && last !== undefined ? barAt(bars, bars.length - 1) : undefined;
  const from = joined.seam;
  return {
    bars,
    forming,
    isPartial: forming !== undefined && (joined.isPartial || incomplete.has(forming.time)),
    seam: from === undefined ? undefined : opening(from),
    healed: openings(joined.healed),
    incomplete,
    gaps:
      from === undefined || !isIntraday(timeframe)
        ? []
        : barGaps(bars, {from: opening(from), barMs: timeframeMs(timeframe), calendar}),
    differences: joined.differences,
    corrections: new Map(Array.from(joined.corrections, ([time, correction]) => [opening(time), correction]))
  };
}

function wholeMinutes(bars: BarSeries, {before, wholeFrom = -Infinity}: AtTimeframeOptions): BarSeries {
  let first = 0;
  while (first < bars.length && bars.time[first]! < wholeFrom) ++first;
  const own = sliceBars(bars, first);
  if (!before) return own;
  let rows = before.length;
  while (rows > 0 && before.time[rows - 1]! >= (own.time[0] ?? Infinity)) --rows;
  const whole = createBarSeries(rows + own.length);
  for (const name of barColumns) {
    whole[name].set(before[name].subarray(0, rows));
    whole[name].set(own[name], rows);
  }
  return whole;
}

function everyMinute(start: EpochMs, end: EpochMs): EpochMs[] {
  return Array.from({length: Math.round((end - start) / MINUTE_MS)}, (_, i) => start + i * MINUTE_MS);
}
