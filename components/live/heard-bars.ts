import {type Bar, type BarSeries, barAt, barColumns} from "../../services/domain/bar.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {BarEvent} from "../../services/domain/wire.js";

/** Two tellings of one final bar: as it was shown before, and as the sidecar said it then. */
export interface BarDifference {
  readonly shown: Bar;
  readonly said: Bar;
}

/** What a sidecar has told of the bars after a snapshot, and of those in it. */
export interface HeardBars {
  /** Final bars by their opening: those that the snapshot has not, and those of it that were corrected. */
  readonly finals: ReadonlyMap<EpochMs, Bar>;
  /** The forming bar, if one was told after the last final one. */
  readonly forming: BarEvent | undefined;
  /** Openings of bars that came from the source's history after the fact. */
  readonly healed: ReadonlySet<EpochMs>;
  /** Final bars told otherwise later without a word of correction, by their opening: what was shown first stands. */
  readonly differences: ReadonlyMap<EpochMs, BarDifference>;
  /** Recorded corrections, by the opening of their bar: the bar as it was shown before, and as it is now. */
  readonly corrections: ReadonlyMap<EpochMs, BarDifference>;
  /** @returns whether final bars changed, only what is said of the series, or nothing */
  take(event: BarEvent): "finals" | "rest" | undefined;
}

/**
 * Bars told after a snapshot, known by the time they opened. A final bar never changes once it is there, whoever
 * brought it, save by a recorded correction; a forming bar is replaced by the next, and gives way to its final one.
 */
export function createHeardBars(snapshot: BarSeries): HeardBars {
  const snapshotEnd = snapshot.time.at(-1) ?? -Infinity;
  const finals = new Map<EpochMs, Bar>();
  const healed = new Set<EpochMs>();
  const differences = new Map<EpochMs, BarDifference>();
  const corrections = new Map<EpochMs, BarDifference>();
  let forming: BarEvent | undefined;
  let newest = snapshotEnd;

  function shownBar(time: EpochMs): Bar | undefined {
    const row = time <= snapshotEnd ? rowOf(snapshot, time) : undefined;
    return finals.get(time) ?? (row === undefined ? undefined : barAt(snapshot, row));
  }

  function takeFinal({bar, corrects, healed: isHealed}: BarEvent): "finals" | "rest" | undefined {
    const shown = shownBar(bar.time);
    if (shown) return corrects ? correct(shown, bar) : noteDifference(shown, bar);
    finals.set(bar.time, bar);
    if (isHealed) healed.add(bar.time);
    newest = Math.max(newest, bar.time);
    if (forming && forming.bar.time <= newest) forming = undefined;
    return "finals";
  }

  function correct(shown: Bar, said: Bar): "finals" | "rest" | undefined {
    if (isSame(shown, said)) return differences.delete(said.time) ? "rest" : undefined; // told wrongly, then as shown
    corrections.set(said.time, {shown: corrections.get(said.time)?.shown ?? shown, said});
    differences.delete(said.time);
    finals.set(said.time, said);
    return "finals";
  }

  function noteDifference(shown: Bar, said: Bar): "rest" | undefined {
    const corrected = corrections.get(said.time);
    if (isSame(shown, said) || (corrected && isSame(corrected.shown, said))) return undefined;
    differences.set(said.time, {shown, said});
    return "rest";
  }

  function takeForming(event: BarEvent): "rest" | undefined {
    const {time} = event.bar;
    if (time <= newest || (forming !== undefined && time < forming.bar.time)) return undefined;
    forming = event;
    return "rest";
  }

  return {
    finals,
    healed,
    differences,
    corrections,
    get forming() {
      return forming;
    },
    take: (event) => (event.final ? takeFinal(event) : takeForming(event))
  };
}

function isSame(a: Bar, b: Bar): boolean {
  return barColumns.every((name) => a[name] === b[name]);
}

/** The row of a time by bisection, or `undefined`. */
export function rowOf({time, length}: BarSeries, wanted: EpochMs): number | undefined {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low < length && time[low] === wanted ? low : undefined;
}
