import {type Tick, tickPrice} from "../../domain/tick.js";
import type {EpochMs} from "../../domain/time.js";
import {dealtBetween} from "./day-volume.js";

/** A tick as bars count it; `volume` is `undefined` where what was dealt is not known. */
export interface Dealt {
  readonly time: EpochMs;
  readonly price: number;
  readonly volume: number | undefined;
}

/** One instrument's newest ticks in the order in which they happened. */
export interface TickOrder {
  /** Puts a tick in its place. @returns the times at which something is new; none where it repeats the one before it */
  add(tick: Tick): readonly EpochMs[];
  /** Ticks with start ≤ time < end. */
  between(start: EpochMs, end: EpochMs): readonly Dealt[];
  /** Lets go of what lies before a moment. */
  forget(before: EpochMs): void;
  /** Ticks were missed before this moment: the first count from then on tells nothing but where it stands. */
  begin(time: EpochMs): void;
}

interface Entry extends Dealt {
  volume: number | undefined;
  readonly dayVolume: number | undefined;
}

/** Of one time the lower of two day's counts was reached first, in whatever order they come. */
function isBefore(tick: Tick, {time, dayVolume}: Entry): boolean {
  if (tick.eventTime !== time) return tick.eventTime < time;
  return tick.type === "trade" && tick.dayVolume !== undefined && dayVolume !== undefined && tick.dayVolume < dayVolume;
}

/**
 * Ticks sorted by the venue's time, those of one time by their day's counts, else as they came. A quote counts 1, as
 * MetaTrader counts; a trade its volume, or what its day-cumulative volume has risen since the tick before, so that one
 * that comes late takes its share from the one after it. A repeat of the last trade, neither price nor day's volume
 * moved, is no tick.
 *
 * @param zone the venue's zone, which dates the day
 */
export function createTickOrder(zone: string): TickOrder {
  let ticks: Entry[] = [];
  let beginTime = -Infinity;

  function entryOf(tick: Tick, before: Entry | undefined, after: Entry | undefined): Entry {
    const {eventTime: time} = tick;
    const entry = {time, price: tickPrice(tick), dayVolume: undefined};
    if (tick.type === "quote") return {...entry, volume: 1};
    const {dayVolume} = tick;
    if (dayVolume === undefined) return {...entry, volume: tick.volume};
    if (time < beginTime) return {...entry, volume: undefined}; // an old tick once more, and its count with it
    const isOutOfPlace = after?.dayVolume !== undefined && !(dayVolume <= after.dayVolume);
    if (isOutOfPlace || (after && before?.dayVolume !== undefined && dayVolume < before.dayVolume))
      return {...entry, volume: 0}; // what it counts has been counted
    return {...entry, dayVolume, volume: dealtSince(before, time, dayVolume)};
  }

  function dealtSince(before: Entry | undefined, time: EpochMs, dayVolume: number): number | undefined {
    const count = before?.dayVolume === undefined ? undefined : {time: before.time, dayVolume: before.dayVolume};
    return dealtBetween(count, {time, dayVolume}, zone);
  }

  return {
    add(tick) {
      const at = ticks.findLastIndex((each) => !isBefore(tick, each)) + 1;
      const [before, after] = [ticks[at - 1], ticks[at]];
      const entry = entryOf(tick, before, after);
      if (entry.dayVolume !== undefined && entry.volume === 0 && entry.price === before?.price) return [];
      ticks.splice(at, 0, entry);
      if (after?.dayVolume === undefined || entry.dayVolume === undefined) return [entry.time];
      after.volume = dealtSince(entry, after.time, after.dayVolume);
      return [entry.time, after.time];
    },
    between(start, end) {
      const last = ticks.findLastIndex(({time}) => time < end);
      const first = ticks.findLastIndex(({time}) => time < start) + 1;
      return ticks.slice(first, last + 1);
    },
    forget(before) {
      const first = ticks.findIndex(({time}) => time >= before);
      if (first > 1) ticks = ticks.slice(first - 1); // the one before is what the next is counted from
    },
    begin(time) {
      beginTime = time;
      ticks = [];
    }
  };
}
