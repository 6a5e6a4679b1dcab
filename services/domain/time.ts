/** A moment: milliseconds since 1970-01-01T00:00:00Z, UTC. */
export type EpochMs = number;

/** A date at the venue, `YYYY-MM-DD`. */
export type SessionDate = string;

/** A second, in milliseconds. */
export const SECOND_MS = 1_000;
/** A minute, in milliseconds. */
export const MINUTE_MS = 60_000;
/** An hour, in milliseconds. */
export const HOUR_MS = 3_600_000;
/** A day of 24 hours, in milliseconds. */
export const DAY_MS = 86_400_000;

/**
 * A moment as ISO 8601 text in UTC: `formatIso(0)` is `"1970-01-01T00:00:00.000Z"`.
 *
 * @throws {RangeError} if the time is not a finite moment that a Date can hold
 */
export function formatIso(time: EpochMs): string {
  return new Date(time).toISOString();
}

/**
 * A moment from ISO 8601 text that states its zone, as `2024-01-02T03:04:05Z` or `…+0530`.
 *
 * @throws {RangeError} if the text is not such a moment; text without a zone is refused, not guessed
 */
export function parseIso(text: string): EpochMs {
  const normal = text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2");
  const time = /^\d{4}-\d{2}-\d{2}[T ].*(Z|[+-]\d{2}:\d{2})$/.test(normal) ? Date.parse(normal.replace(" ", "T")) : NaN;
  if (!Number.isFinite(time)) throw new RangeError(`invalid time: ${text}`);
  return time;
}

/**
 * Days from 1970-01-01 to a date: `parseDate("1970-01-02")` is 1.
 *
 * @throws {RangeError} if the text is not a date that exists, written `YYYY-MM-DD`
 */
export function parseDate(date: SessionDate): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  if (!(Number.isFinite(time) && new Date(time).toISOString().startsWith(date)))
    throw new RangeError(`invalid date: ${date}`);
  return time / DAY_MS;
}

/** The date some days after 1970-01-01: `formatDate(1)` is `"1970-01-02"`. */
export function formatDate(day: number): SessionDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
