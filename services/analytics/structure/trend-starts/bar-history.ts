import type {Bar} from "../../../domain/bar.js";

/** The bars seen so far by row, as far back as they are still needed. */
export interface BarHistory {
  /** @throws {RangeError} if the row is not held: not seen yet, or forgotten */
  at(row: number): Bar;
  /** Rows seen: the next bar will be this row. */
  readonly length: number;
  /** The first row held. */
  readonly first: number;
  add(bar: Bar): void;
  /** Rows before this one will not be asked for again. */
  forget(before: number): void;
}

/** An empty history. */
export function createBarHistory(): BarHistory {
  let first = 0; // row of bars[0]
  let bars: Bar[] = [];
  return {
    at(row) {
      const bar = bars[row - first];
      if (bar === undefined)
        throw new RangeError(`no bar at ${row}: rows ${first} to ${first + bars.length - 1} are held`);
      return bar;
    },
    get length() {
      return first + bars.length;
    },
    get first() {
      return first;
    },
    add(bar) {
      bars.push(bar);
    },
    forget(before) {
      const dead = before - first;
      if (dead < 64 || dead * 2 < bars.length) return; // so that each bar is moved about once
      bars = bars.slice(dead);
      first = before;
    }
  };
}
