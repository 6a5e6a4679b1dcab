import type {InstrumentId} from "../domain/instrument.js";
import type {Tick} from "../domain/tick.js";
import type {EpochMs} from "../domain/time.js";
import type {FeedStatus} from "../domain/wire.js";
import type {TickCoverage, TickFeed, TickFeedStatus} from "../sources/tick-feed.js";
import type {CascadeCounts} from "./bars/live-cascade.js";
import type {SidecarEffects} from "./effects.js";
import type {FeedHealth} from "./feed-health.js";
import type {InstrumentDesk} from "./instrument-desk.js";
import {tickFault} from "./tick-fault.js";

/** One feed's way into the sidecar. */
export interface FeedDesk {
  start(): void;
  closeDue(): void;
  status(): FeedStatus;
  stop(): Promise<void>;
}

/**
 * Hears one feed: gives each tick to its instrument's desk, and tells the desk whenever the feed's coverage of it begins
 * anew, since then ticks may have been missed. A tick that makes no sense is refused and named in the status.
 *
 * @param onConnection called when the feed's own status has changed
 */
export function createFeedDesk(
  feed: TickFeed,
  health: FeedHealth,
  desks: ReadonlyMap<InstrumentId, InstrumentDesk>,
  onConnection: () => void,
  effects: SidecarEffects
): FeedDesk {
  const coverages = new Map<InstrumentId, TickCoverage>();

  /** @returns the end of what the feed has covered of an instrument */
  function follow(instrument: InstrumentId, desk: InstrumentDesk): EpochMs {
    const before = coverages.get(instrument);
    const coverage = feed.covered(instrument);
    if (coverage === undefined) return Number.NEGATIVE_INFINITY;
    coverages.set(instrument, coverage);
    if (before?.start !== coverage.start) {
      if (before) desk.interrupt(before.end);
      desk.resume(coverage.start);
    }
    return coverage.end;
  }

  function isTaken(tick: Tick): boolean {
    const fault = tickFault(tick);
    if (fault !== undefined) {
      health.failed(`tick of ${tick.instrument}`, fault);
      return false;
    }
    health.heard(tick.eventTime, tick.receivedTime);
    const desk = desks.get(tick.instrument);
    if (!desk) return false;
    follow(tick.instrument, desk);
    return desk.take(tick);
  }

  function take(tick: Tick): void {
    if (!isTaken(tick)) health.dropped();
  }

  function change(status: TickFeedStatus): void {
    health.changed(status);
    onConnection();
  }

  return {
    start: () => feed.start(take, change, {onHistory: (instrument, time) => desks.get(instrument)?.ask(time)}),
    closeDue() {
      for (const [instrument, desk] of desks) desk.closeDue(effects.now(), follow(instrument, desk));
    },
    status() {
      const counts = [...desks.values()].map((desk) => desk.counts());
      const total = (field: keyof CascadeCounts) => counts.reduce((sum, count) => sum + count[field], 0);
      return health.status({gaps: total("gaps"), late: total("late"), corrected: total("corrected")}, effects.now());
    },
    async stop() {
      await feed.stop();
      for (const desk of desks.values()) desk.stop();
    }
  };
}
