import type {TradingCalendar} from "../domain/calendar.js";
import {countOffSession} from "../domain/session-rows.js";
import {assertTicks, type TickSeries} from "../domain/tick-series.js";
import {formatIso} from "../domain/time.js";
import type {Timeframe} from "../domain/timeframe.js";
import {assessCoverage} from "./coverage.js";
import {findOutliers, formatOutlier} from "./outliers.js";
import {type BarQuality, keepLongest, nameFirst} from "./quality.js";
import {SnapshotError} from "./snapshot-error.js";

/** A market that is open and silent for so long is a hole. */
export const tickSlot: Timeframe = "5m";

/**
 * Judges ticks against their calendar: sessions by the five minutes in which there is a tick, quotes whose ask lies below
 * the bid, and prices that leap and return. 10 million cost about 3 s.
 *
 * @throws {SnapshotError} SNAPSHOT_REFUSED naming the row, if prices, volume or order make no sense
 */
export function assessTicks(ticks: TickSeries, calendar: TradingCalendar): BarQuality {
  try {
    assertTicks(ticks);
  } catch (cause) {
    throw new SnapshotError("SNAPSHOT_REFUSED", (cause as Error).message, {cause});
  }
  const {sessions, gaps} = assessCoverage(ticks, tickSlot, calendar);
  const outliers = findOutliers(pricesOf(ticks)).map((outlier) => formatOutlier(outlier, "tick"));
  const {kept, warnings} = keepLongest(gaps);
  return {
    coverage: sessions,
    gaps: kept,
    offSession: countOffSession(calendar, ticks.time),
    warnings: [...warnings, ...crossed(ticks), ...nameFirst("outliers", outliers)]
  };
}

function crossed({bid, ask, time, length}: TickSeries): string[] {
  let count = 0;
  let first = -1;
  for (let i = 0; i < length; ++i)
    if (ask[i]! < bid[i]!) {
      if (count === 0) first = i;
      ++count;
    }
  if (count === 0) return [];
  const quotes = count === 1 ? "quote" : "quotes";
  return [`${count} ${quotes} whose ask lies below the bid, the first at ${formatIso(time[first]!)}`];
}

/** Each price as a bar of itself, so that one rule finds what leaps in both: bids, or trades where nothing is quoted. */
function pricesOf({time, bid, last, volume}: TickSeries) {
  const price = bid.some((each) => !Number.isNaN(each)) ? bid : last;
  const isWhole = !price.some(Number.isNaN);
  const pick = (column: Float64Array) => (isWhole ? column : column.filter((_, i) => !Number.isNaN(price[i]!)));
  const close = pick(price);
  return {length: close.length, time: pick(time), open: close, high: close, low: close, close, volume: pick(volume)};
}
