/** An allowance that fills with time: `take` uses some of it, and says whether there was enough. */
export interface TokenBucket {
  take(count?: number): boolean;
}

/**
 * A token bucket: full at the start, refilled at *perSecond* up to *burst*.
 *
 * @param now a clock in milliseconds
 */
export function createTokenBucket(
  {perSecond, burst}: {readonly perSecond: number; readonly burst: number},
  now: () => number
): TokenBucket {
  let tokens = burst;
  let filledAt = now();
  return {
    take(count = 1) {
      const time = now();
      tokens = Math.min(burst, tokens + (Math.max(0, time - filledAt) / 1_000) * perSecond);
      filledAt = time;
      if (tokens < count) return false;
      tokens -= count;
      return true;
    }
  };
}
