import type {Dataset} from "../../services/domain/dataset.js";
import {lowerBound} from "../../services/domain/lower-bound.js";
import type {EpochMs} from "../../services/domain/time.js";

/** Rows before and after a pull, and what is known of those before; `undefined` where nothing was joined to. */
export interface GrownRows {
  readonly held: {readonly time: Float64Array; readonly dataset: Dataset} | undefined;
  readonly joined: {readonly time: Float64Array};
}

/**
 * How many rows the source has given twice in all: those counted when they were first kept, and those of rows that this
 * pull adds. What is asked for again, to see corrections, is not counted again.
 *
 * @param times of the rows that came twice in this pull, of any range
 */
export function countDuplicates(times: readonly EpochMs[], {held, joined}: GrownRows): number {
  const fresh = times.filter((time) => holds(joined.time, time) && !(held && holds(held.time, time)));
  return (held?.dataset.duplicatesDropped ?? 0) + fresh.length;
}

function holds(times: Float64Array, time: EpochMs): boolean {
  return times[lowerBound(times, time)] === time;
}
