import {type EpochMs, SECOND_MS} from "../domain/time.js";

/** How often something happens. */
export interface Rate {
  count(time: EpochMs): void;
  /** How often a second, over the last whole seconds. */
  perSecond(now: EpochMs): number;
}

/** A rate over the last *seconds* whole seconds, to a tenth. */
export function createRate(seconds = 10): Rate {
  const counts = new Map<number, number>();
  const secondOf = (time: EpochMs) => Math.floor(time / SECOND_MS);
  return {
    count(time) {
      const second = secondOf(time);
      if (!counts.has(second)) for (const old of counts.keys()) if (old < second - seconds) counts.delete(old);
      counts.set(second, (counts.get(second) ?? 0) + 1);
    },
    perSecond(now) {
      const second = secondOf(now);
      let sum = 0;
      for (const [at, count] of counts) if (at < second && at >= second - seconds) sum += count;
      return Math.round((sum / seconds) * 10) / 10;
    }
  };
}
