import {type BarSeries, barColumns, createBarSeries, sliceBars} from "../../services/domain/bar.js";
import {rowOf} from "./heard-bars.js";
import type {EdgedSeries} from "./live-edge.js";

/** The bars that rules have looked at, in order, each once and as it was then. */
export interface LookedAt {
  /**
   * Looks at the final bars that go on from the last one looked at, up to a hole.
   *
   * @returns all bars looked at so far, oldest first: what was returned before, and perhaps more
   */
  look(series: Pick<EdgedSeries, "bars" | "forming" | "hole">): BarSeries;
  /** How many of those looked at a series has otherwise by now, corrected or filled in since. */
  changed(series: Pick<EdgedSeries, "bars">): number;
}

/**
 * Nothing looked at yet. What a rule states of these bars is never withdrawn: one that is filled in before the last, or
 * corrected, is not looked at again.
 */
export function createLookedAt(): LookedAt {
  let looked = createBarSeries(0);
  return {
    look({bars, forming, hole = Infinity}) {
      let end = bars.length - (forming ? 1 : 0);
      while (end > 0 && bars.time[end - 1]! >= hole) --end;
      let first = end;
      const last = looked.time.at(-1) ?? -Infinity;
      while (first > 0 && bars.time[first - 1]! > last) --first;
      if (first < end) looked = joined(looked, sliceBars(bars, first, end));
      return looked;
    },
    changed({bars}) {
      const last = looked.time.at(-1) ?? -Infinity;
      let count = 0;
      for (let row = 0; row < bars.length && bars.time[row]! <= last; ++row) {
        const before = rowOf(looked, bars.time[row]!);
        if (before === undefined || barColumns.some((name) => bars[name][row] !== looked[name][before])) ++count;
      }
      return count;
    }
  };
}

function joined(before: BarSeries, after: BarSeries): BarSeries {
  if (before.length === 0) return after;
  const whole = createBarSeries(before.length + after.length);
  for (const name of barColumns) {
    whole[name].set(before[name]);
    whole[name].set(after[name], before.length);
  }
  return whole;
}
