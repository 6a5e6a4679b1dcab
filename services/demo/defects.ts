import type {InstrumentId} from "../domain/instrument.js";
import {DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS} from "../domain/time.js";

/** A defect that a venue has on purpose, so that whoever checks the data has something true to find. */
export interface PlantedDefect {
  readonly kind: "gap" | "duplicate" | "restatement";
  readonly instrument: InstrumentId;
  /** Where it is served. */
  readonly venue: "postgres" | "mt5-a";
  readonly start: EpochMs;
  readonly end: EpochMs;
  /** When a restated bar takes its final form. */
  readonly restatedAt?: EpochMs;
}

const gapLengthMs = 23 * MINUTE_MS;
const restatedAfterMs = 16 * MINUTE_MS;

/** Whether the store has lost this minute: 23 of them, from 14:37 UTC on the second Tuesday of a month, of US500. */
export function isMissing(instrument: InstrumentId, time: EpochMs): boolean {
  const start = Math.floor(time / DAY_MS) * DAY_MS + 14 * HOUR_MS + 37 * MINUTE_MS;
  return instrument === "CFD:US500" && isSecondTuesday(time) && time >= start && time < start + gapLengthMs;
}

function isSecondTuesday(time: EpochMs): boolean {
  const date = new Date(time);
  return date.getUTCDay() === 2 && date.getUTCDate() > 7 && date.getUTCDate() <= 14;
}

/** Whether bridge A sends this minute twice: 09:41 UTC on Wednesdays, of gold. */
export function isDuplicated(instrument: InstrumentId, time: EpochMs): boolean {
  return (
    instrument === "MT5:XAUUSD" && new Date(time).getUTCDay() === 3 && time % DAY_MS === 9 * HOUR_MS + 41 * MINUTE_MS
  );
}

/** When bridge A restates this minute: that of 05:20 UTC, of GBPUSD, 16 minutes later; `undefined` for others. */
export function restatementOf(instrument: InstrumentId, time: EpochMs): EpochMs | undefined {
  const isRestated = instrument === "MT5:GBPUSD" && time % DAY_MS === 5 * HOUR_MS + 20 * MINUTE_MS;
  return isRestated ? time + restatedAfterMs : undefined;
}

/** The defects planted in minutes of [start, end), given the minutes that the market was open. */
export function plantedDefects(instrument: InstrumentId, minutes: ArrayLike<EpochMs>): PlantedDefect[] {
  const found: PlantedDefect[] = [];
  for (let i = 0; i < minutes.length; ++i) {
    const start = minutes[i]!;
    const end = start + MINUTE_MS;
    const last = found.at(-1);
    const restatedAt = restatementOf(instrument, start);
    if (isMissing(instrument, start) && last?.kind === "gap" && last.end === start)
      found[found.length - 1] = {...last, end};
    else if (isMissing(instrument, start)) found.push({kind: "gap", venue: "postgres", instrument, start, end});
    if (isDuplicated(instrument, start)) found.push({kind: "duplicate", venue: "mt5-a", instrument, start, end});
    if (restatedAt !== undefined) found.push({kind: "restatement", venue: "mt5-a", instrument, start, end, restatedAt});
  }
  return found;
}
