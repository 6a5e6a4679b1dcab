import type {InstrumentId} from "../domain/instrument.js";
import type {EpochMs} from "../domain/time.js";
import type {FeedStatus} from "../domain/wire.js";
import type {TickFeedStatus} from "../sources/tick-feed.js";
import type {CascadeCounts} from "./bars/live-cascade.js";
import {createRate} from "./rate.js";

/** One feed's health, kept up to date by whoever hears it. */
export interface FeedHealth {
  heard(eventTime: EpochMs, receivedTime: EpochMs): void;
  changed(status: TickFeedStatus): void;
  /** What else is wrong that a reader should know, by what it is about; `null` once it is right again. */
  failed(about: string, message: string | null): void;
  /** A tick of the feed went no further. */
  dropped(): void;
  status(counts: CascadeCounts, now: EpochMs): FeedStatus;
}

/** A feed's health before it has been heard from: not connected. */
export function createFeedHealth(name: string, instruments: readonly InstrumentId[]): FeedHealth {
  let state: TickFeedStatus = {connected: false, lastError: null, reconnects: 0};
  let lastEventTime: EpochMs | null = null;
  let lastReceivedTime: EpochMs | null = null;
  const failures = new Map<string, string>();
  const rate = createRate();
  let dropped = 0;
  return {
    heard(eventTime, receivedTime) {
      lastEventTime = Math.max(lastEventTime ?? -Infinity, eventTime);
      lastReceivedTime = receivedTime;
      rate.count(receivedTime);
    },
    changed(status) {
      state = status;
    },
    failed(about, message) {
      failures.delete(about);
      if (message !== null) failures.set(about, `${about}: ${message}`);
    },
    dropped() {
      dropped += 1;
    },
    status: (counts, now) => ({
      name,
      instruments,
      connected: state.connected,
      lastEventTime,
      lastReceivedTime,
      reconnects: state.reconnects,
      ...counts,
      dropped,
      rate: rate.perSecond(now),
      lastError: state.lastError ?? [...failures.values()].at(-1) ?? null
    })
  };
}
