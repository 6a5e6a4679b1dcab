/** How long to wait before trying again. */
export interface BackoffOptions {
  readonly firstMs?: number;
  readonly longestMs?: number;
  /** Chance in [0, 1). */
  readonly random: () => number;
}

/**
 * The wait before attempt *failures* + 1: doubles from 500 ms up to 30 s, of which a random half is taken off so that
 * many pages do not come back at once.
 *
 * @returns milliseconds: with *failures* 0 from 250 to 500, with 3 from 2,000 to 4,000
 *
 * Source: M. Brooker, *Exponential backoff and jitter*, 2015 ("equal jitter")
 */
export function backoffMs(failures: number, {firstMs = 500, longestMs = 30_000, random}: BackoffOptions): number {
  if (!(failures >= 0)) throw new RangeError(`invalid failures: ${failures}`);
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 30));
  return whole / 2 + (random() * whole) / 2;
}
