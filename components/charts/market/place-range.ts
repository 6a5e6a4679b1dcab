import {lowerBound} from "../../../services/domain/lower-bound.js";

/** A stretch of places in sight, from *start* to *end*, fractions of a place included. */
export interface PlaceRange {
  readonly start: number;
  readonly end: number;
}

/** Rows in sight: from *first* up to, not including, *end*. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Fewer places than these are never stretched over the whole chart. */
const FEWEST = 8;

/** The range itself where it lies within so many places, else the nearest one that does. */
export function clampRange({start, end}: PlaceRange, length: number): PlaceRange {
  const span = clamp(end - start, Math.min(FEWEST, length), Math.max(length, 1));
  const first = clamp(start, -0.5, length - 0.5 - span);
  return {start: first, end: first + span};
}

/** Zooms about a place, which keeps its spot on the screen: a factor of 0.5 shows half as many places. */
export function zoomRange({start, end}: PlaceRange, factor: number, about: number, length: number): PlaceRange {
  const span = clamp((end - start) * factor, Math.min(FEWEST, length), Math.max(length, 1));
  const first = about - ((about - start) / (end - start)) * span;
  return clampRange({start: first, end: first + span}, length);
}

/** Moves a range by so many places, later where they are positive, and stops at the ends. */
export function panRange({start, end}: PlaceRange, by: number, length: number): PlaceRange {
  return clampRange({start: start + by, end: end + by}, length);
}

/** The rows whose middle is in sight. */
export function rowsIn(position: ArrayLike<number>, {start, end}: PlaceRange): RowRange {
  return {first: lowerBound(position, start), end: lowerBound(position, end)};
}

/** The places that show exactly these rows; at least one. */
export function rangeOfRows(position: ArrayLike<number>, {first, end}: RowRange): PlaceRange {
  const start = (position[first] ?? 0) - 0.5;
  return {start, end: Math.max(start + 1, (position[end - 1] ?? 0) + 0.5)};
}

/** The row nearest to a place, or −1 where there is no row at all. */
export function rowNear(position: ArrayLike<number>, place: number): number {
  const next = lowerBound(position, place);
  if (next === 0 || next === position.length) return Math.min(next, position.length - 1);
  return position[next]! - place < place - position[next - 1]! ? next : next - 1;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
