import type {Tick} from "../domain/tick.js";

/** Which ticks of an instrument come once more because its feed's line broke. */
export interface RepeatMemory {
  /** The line begins, or begins anew: what was heard until now may be repeated, once each. */
  begin(): void;
  /** Whether a tick is one from before the line's beginning; remembers it where it is not. */
  isRepeated(tick: Tick): boolean;
}

/** Ticks remembered from before a break. */
const REMEMBERED_TICKS = 512;

/**
 * A memory of the newest 512 ticks. Within a line nothing is a repeat: two trades of one time, price and size are two,
 * and an index that comes back to a price within its second has moved twice. A feed repeats ticks only after a break,
 * and each as often as it was heard.
 */
export function createRepeatMemory(): RepeatMemory {
  let heard: string[] = [];
  let repeatable = new Map<string, number>();
  return {
    begin() {
      heard = heard.slice(-REMEMBERED_TICKS);
      repeatable = new Map();
      for (const key of heard) repeatable.set(key, (repeatable.get(key) ?? 0) + 1);
    },
    isRepeated(tick) {
      const key = keyOf(tick);
      const count = repeatable.get(key) ?? 0;
      if (count > 0) {
        repeatable.set(key, count - 1);
        return true;
      }
      heard.push(key);
      if (heard.length > 2 * REMEMBERED_TICKS) heard = heard.slice(-REMEMBERED_TICKS);
      return false;
    }
  };
}

/** A new connection does not know what was dealt since the one before, so of a day's count its own volume is not looked at. */
function keyOf(tick: Tick): string {
  if (tick.type === "quote") return `${tick.eventTime} ${tick.bid} ${tick.ask}`;
  const {eventTime, price, volume, dayVolume} = tick;
  return dayVolume === undefined ? `${eventTime} ${price} ${volume}` : `${eventTime} ${price} of ${dayVolume}`;
}
