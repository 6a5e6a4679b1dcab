import type {Bar} from "../../../domain/bar.js";
import type {Candidate} from "./candidate.js";

/** A stretch of bars inside a candidate's range, which is fixed when the stretch begins. */
export interface Containment {
  readonly high: number;
  readonly low: number;
  /** Row of the first bar inside. */
  readonly start: number;
}

/**
 * Containment at a bar: goes on while bars stay in its range, bounds included, ends on the first that leaves it, and
 * may begin anew on that same bar, in the range of the PDS or, without one, of the PUS.
 */
export function nextContainment(
  last: Containment | undefined,
  bar: Bar,
  index: number,
  {pus, pds}: {pus: Candidate | undefined; pds: Candidate | undefined}
): Containment | undefined {
  if (last && isInside(bar, last)) return last;
  const candidate = pds ?? pus;
  if (candidate === undefined || candidate.index === index || !isInside(bar, candidate.bar)) return undefined;
  return {high: candidate.bar.high, low: candidate.bar.low, start: index};
}

function isInside(bar: Bar, range: {readonly high: number; readonly low: number}): boolean {
  return bar.high <= range.high && bar.low >= range.low;
}
