import type {EpochMs} from "../../domain/time.js";

/** One day or opening as a limit sees it. */
export interface PolicyObservation {
  /** The account day, or the ticket of the opening deal. */
  readonly name: string;
  /** When it was opened; of a day, when it came to stand as it is found. */
  readonly time: EpochMs;
  /** A fraction (losses are positive), a count of openings, or minutes. */
  readonly found: number;
  /** Of a fraction: what was lost or at risk over the balance it is measured by, in major units. */
  readonly part?: number;
  readonly whole?: number;
  /** Where it passes the limit: when that could first be said. */
  readonly brokenAt?: EpochMs;
}

/** Days or openings that a limit is held against, and those that it cannot be. */
export interface LimitObservations {
  readonly observed: readonly PolicyObservation[];
  /** How many could not be measured, by the reason in plain words. */
  readonly unmeasured: readonly {readonly n: number; readonly reason: string}[];
}
