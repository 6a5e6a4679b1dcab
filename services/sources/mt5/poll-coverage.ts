import {type EpochMs, SECOND_MS} from "../../domain/time.js";
import type {TickCoverage} from "../tick-feed.js";

/** The stretch that a symbol's polls have covered. */
export interface PollCoverage {
  readonly value: TickCoverage | undefined;
  /** Ticks before this answer may have been missed. */
  begin(receivedTime: EpochMs): void;
  /** All ticks of this answer have been given. */
  reach(receivedTime: EpochMs): void;
}

/** How far the broker's clock may be behind ours: a tick may still come that is this old by its own stamp. */
const MOST_BEHIND_MS = 2 * SECOND_MS;

/** Coverage of polls: an answer covers up to the one before it, for that lies surely before the venue was asked again. */
export function createPollCoverage(): PollCoverage {
  let value: TickCoverage | undefined;
  let lastReceived = Number.NEGATIVE_INFINITY;
  return {
    get value() {
      return value;
    },
    begin(receivedTime) {
      value = {start: receivedTime, end: receivedTime};
      lastReceived = receivedTime;
    },
    reach(receivedTime) {
      if (value) value = {start: value.start, end: Math.max(value.end, lastReceived - MOST_BEHIND_MS)};
      lastReceived = receivedTime;
    }
  };
}
