import {DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS} from "../../domain/time.js";

/** India's clock is ahead of UTC by this, all the year. */
const istMs = 5 * HOUR_MS + 30 * MINUTE_MS;

/** `2017-12-15T09:15:00+0530`, as candles bear it. */
export function candleTime(time: EpochMs): string {
  return `${new Date(time + istMs).toISOString().slice(0, 19)}+0530`;
}

/** `2021-06-08 15:45:56`, as everything else bears it. */
export function plainTime(time: EpochMs): string {
  return new Date(time + istMs).toISOString().slice(0, 19).replace("T", " ");
}

/** Midnight in India of the day that holds a moment. */
export function istDay(time: EpochMs): EpochMs {
  return Math.floor((time + istMs) / DAY_MS) * DAY_MS - istMs;
}

/** A moment from `2017-12-15` or `2017-12-15 09:15:00`, in India; `undefined` for anything else. */
export function parsePlainTime(text: string): EpochMs | undefined {
  if (!/^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$/.test(text)) return undefined;
  const time = Date.parse(`${text.length === 10 ? `${text}T00:00:00` : text.replace(" ", "T")}Z`);
  return Number.isFinite(time) ? time - istMs : undefined;
}
