import type {EpochMs} from "../../domain/time.js";
import {dateIn} from "../../domain/zone.js";

/** Where a day-cumulative count stood at a moment. */
export interface DayCount {
  readonly time: EpochMs;
  readonly dayVolume: number;
}

/**
 * What was dealt between two day-cumulative counts. A fall on a new date begins the new day's count from zero; a fall
 * within a date is the venue correcting itself, and what was dealt then is not known: `undefined`, as it is where there
 * is no count before.
 *
 * @param zone the venue's zone, which dates the day
 * @example dealtBetween({time: t, dayVolume: 100}, {time: t + 500, dayVolume: 130}, "Asia/Kolkata"); // 30
 */
export function dealtBetween(before: DayCount | undefined, count: DayCount, zone: string): number | undefined {
  if (!before) return undefined;
  if (count.dayVolume >= before.dayVolume) return count.dayVolume - before.dayVolume;
  return dateIn(zone, count.time) === dateIn(zone, before.time) ? undefined : count.dayVolume;
}
