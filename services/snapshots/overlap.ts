import type {BarSeries} from "../domain/bar.js";
import {DAY_MS, type EpochMs} from "../domain/time.js";
import {isIntraday, parseTimeframe, type Timeframe} from "../domain/timeframe.js";

/**
 * From when to ask again, so that a source's corrections of what is held are seen: two days of bars within the day and
 * at least five, ten daily bars, four longer ones.
 *
 * @returns the opening time of a held bar
 * @throws {RangeError} if nothing is held
 */
export function overlapStart({time, length}: BarSeries, timeframe: Timeframe): EpochMs {
  const back = (bars: number) => time[Math.max(0, length - bars)];
  const last = back(1);
  if (last === undefined) throw new RangeError("no bars to overlap with");
  if (!isIntraday(timeframe)) return back(parseTimeframe(timeframe).unit === "d" ? 10 : 4)!;
  const within = time.find((moment) => moment >= last - 2 * DAY_MS)!;
  return Math.min(within, back(5)!);
}
