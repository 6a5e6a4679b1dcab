import {SECOND_MS} from "../domain/time.js";

/** The pauses between the connections of one feed. */
export interface Reconnects {
  /** The pause after a connection that gave data for so long, 0 where none came. @returns milliseconds */
  pauseMs(heldMs: number): number;
}

/** How long the first pause is, and the chance that keeps many feeds from coming back at once. */
export interface ReconnectOptions {
  /** The pause after a connection that held; each that does not doubles it. A second unless told. */
  readonly backoffMs?: number;
  /** In [0, 1): up to half of a pause is taken off by chance. */
  readonly random: () => number;
}

const LONGEST_MS = 30 * SECOND_MS;
/** A line must hold so long to count as steady: a venue may take a connection, answer once, and close it. */
const STEADY_MS = 10 * SECOND_MS;

/** Pauses that double, up to half a minute, until a line has held for ten seconds. */
export function createReconnects({backoffMs = SECOND_MS, random}: ReconnectOptions): Reconnects {
  let failures = 0;
  return {
    pauseMs(heldMs) {
      failures = heldMs >= STEADY_MS ? 0 : failures + 1;
      return Math.min(backoffMs * 2 ** Math.min(failures, 10), LONGEST_MS) * (0.5 + random() / 2);
    }
  };
}
