import type {EpochMs} from "../../services/domain/time.js";

/** A measure of the server's clock against ours. */
export interface ClockReading {
  /** How far the server's clock is ahead of ours, in milliseconds; NaN before the first measurement. */
  readonly offsetMs: number;
  /** Half the way there and back, in milliseconds; the offset is off by at most this. */
  readonly latencyMs: number;
}

/** Measures by round trips. */
export interface ServerClock {
  readonly reading: ClockReading;
  /** A connection begins with a server time seen without a round trip, good for a first guess. */
  guess(serverTime: EpochMs, receivedTime: EpochMs): void;
  /** A ping leaves. @returns the number to send with it */
  ping(sentTime: EpochMs): number;
  /** Its answer has come; one to no ping of this connection measures nothing. */
  pong(id: number | undefined, serverTime: EpochMs, receivedTime: EpochMs): void;
}

/** Round trips of which the quickest is believed. */
const KEPT = 8;

/**
 * A server's clock, measured as NTP does: the server's time is taken to be halfway between ping and pong, and of the
 * last eight round trips the quickest counts, for its error is least.
 *
 * Source: D. L. Mills, *Internet time synchronization: the network time protocol*, 1991, clock filter.
 */
export function createServerClock(): ServerClock {
  const pings = new Map<number, EpochMs>();
  let pingId = 0;
  let readings: readonly ClockReading[] = [];
  let first: ClockReading = {offsetMs: NaN, latencyMs: NaN};
  return {
    get reading() {
      return readings.reduce((best, one) => (one.latencyMs < best.latencyMs ? one : best), readings[0] ?? first);
    },
    guess(serverTime, receivedTime) {
      first = {offsetMs: serverTime - receivedTime, latencyMs: NaN};
      readings = [];
      pings.clear();
    },
    ping(sentTime) {
      pings.set(++pingId, sentTime);
      return pingId;
    },
    pong(id, serverTime, receivedTime) {
      const sentTime = pings.get(id ?? NaN);
      if (sentTime === undefined) return;
      pings.delete(id!);
      const latencyMs = (receivedTime - sentTime) / 2;
      if (!(latencyMs >= 0)) return; // our own clock was set back meanwhile
      readings = [...readings.slice(1 - KEPT), {offsetMs: serverTime - (sentTime + latencyMs), latencyMs}];
    }
  };
}
