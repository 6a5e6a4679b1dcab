import type {TickRow} from "../tick-rows.js";

/** Which of a poll's ticks are new, and whether some may have been missed between this poll and the one before. */
export interface PollResult {
  readonly ticks: readonly TickRow[];
  /** The answer does not reach back to the last tick known: ask again for more. */
  readonly isShort: boolean;
}

/** Remembers what was handed on. */
export interface TickMemory {
  next(rows: readonly TickRow[]): PollResult;
  /** Takes what is there as seen, the newest aside: where a feed begins. */
  begin(rows: readonly TickRow[]): readonly TickRow[];
}

/** Ticks of one symbol, told apart by their millisecond and, within one, by their prices. */
export function createTickMemory(): TickMemory {
  let lastTime = Number.NEGATIVE_INFINITY;
  let atLastTime = new Set<string>();
  const keyOf = ({bid, ask, last, volume}: TickRow) => `${bid} ${ask} ${last} ${volume}`;
  const remember = (ticks: readonly TickRow[]) => {
    for (const tick of ticks) {
      if (tick.time > lastTime) {
        lastTime = tick.time;
        atLastTime = new Set();
      }
      if (tick.time === lastTime) atLastTime.add(keyOf(tick));
    }
  };
  return {
    next(rows) {
      const ordered = [...rows].sort((a, b) => a.time - b.time);
      const isNew = (tick: TickRow) => tick.time > lastTime || (tick.time === lastTime && !atLastTime.has(keyOf(tick)));
      const ticks = ordered.filter(isNew);
      const isShort = ordered.length > 0 && ticks.length === ordered.length && ordered[0]!.time > lastTime;
      if (!isShort) remember(ticks);
      return {ticks, isShort};
    },
    begin(rows) {
      const ordered = [...rows].sort((a, b) => a.time - b.time);
      remember(ordered);
      return ordered.slice(-1);
    }
  };
}
