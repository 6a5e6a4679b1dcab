import {type EpochMs, MINUTE_MS} from "../../domain/time.js";
import type {ServerClock} from "./clock.js";

/** How far a broker's clock may be ahead of ours. */
const AHEAD_MS = MINUTE_MS;

/**
 * Moments of rows in the order in which they happened, several of one moment allowed: where the clock shows an hour
 * twice, a step back in wall time begins the second showing.
 *
 * @param walls the server's wall times, in the rows' own order
 * @returns as many moments; a wall time that no order explains is its first showing
 */
export function toUtcInOrder(walls: readonly number[], clock: ServerClock): EpochMs[] {
  return follow(walls, clock, Number.NEGATIVE_INFINITY);
}

/**
 * The same for the newest rows up to *now*. Where they begin within an hour shown twice and nothing in them steps
 * back, they are of the second showing if that has come by now: the first would leave the hour after it without rows.
 */
export function toUtcUntil(walls: readonly number[], clock: ServerClock, now: EpochMs): EpochMs[] {
  const times = toUtcInOrder(walls, clock);
  const [first] = times;
  if (first === undefined) return times;
  const second = clock.toUtcAfter(walls[0]!, first);
  if (second === first) return times;
  const later = follow(walls, clock, second);
  const isSound = later.every((time, i) => time >= (later[i - 1] ?? second) && time <= now + AHEAD_MS);
  return isSound ? later : times;
}

function follow(walls: readonly number[], clock: ServerClock, from: EpochMs): EpochMs[] {
  let previous = from;
  return walls.map((wall) => {
    previous = clock.toUtcAfter(wall, previous - 1); // a moment may come twice
    return previous;
  });
}
