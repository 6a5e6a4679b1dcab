import type {InstrumentId} from "../../domain/instrument.js";
import type {EpochMs} from "../../domain/time.js";
import type {FeedStatus, SignalStatus, SnapshotStatus, StoreStatus} from "../../domain/wire.js";
import type {Outgoing} from "../topics/hub.js";
import type {Metrics} from "./metrics.js";

/** What is known of everything behind the topics. */
export interface Health {
  readonly feeds: readonly FeedStatus[];
  readonly store?: StoreStatus;
  readonly snapshots?: SnapshotStatus;
  readonly signals?: SignalStatus;
}

/** Counts batches as they are handed to the clients' sockets. */
export function createBatchObserver(
  metrics: Metrics,
  health: () => Health,
  now: () => EpochMs
): (outgoing: readonly Outgoing[]) => void {
  let feeds = new Map<InstrumentId, string>();

  function feedOf(instrument: InstrumentId): string {
    if (!feeds.has(instrument)) feeds = new Map([[instrument, "unknown"], ...feedNames(health())]);
    return feeds.get(instrument)!;
  }

  return (outgoing) => {
    for (const {event} of outgoing) {
      if (event.type === "tick") {
        metrics.ticksIn.inc({feed: feedOf(event.tick.instrument)});
        metrics.lag.observe(Math.max(0, now() - event.tick.eventTime) / 1_000);
      } else if (event.type === "bar" && event.final) {
        const timeframe = event.topic.slice(event.topic.lastIndexOf(":") + 1);
        metrics.bars.inc({timeframe, origin: event.corrects ? "corrected" : event.healed ? "healed" : "built"});
      } else if (event.type === "signal") metrics.signals.inc({type: event.signal.type});
    }
  };
}

/** Sets what the health of feeds, store, snapshots and signals says; done when figures are asked for. */
export function observeHealth(metrics: Metrics, {feeds, store, snapshots, signals}: Health, now: EpochMs): void {
  observeFeeds(metrics, feeds);
  observeStore(metrics, store, now);
  observeSnapshots(metrics, snapshots);
  if (signals) metrics.signalsFailing.set(signals.failing);
  else metrics.signalsFailing.remove();
}

function observeFeeds(metrics: Metrics, feeds: readonly FeedStatus[]): void {
  metrics.ticksLate.reset();
  metrics.ticksDropped.reset();
  for (const {name, connected, lastError, late, dropped = 0, gaps, reconnects} of feeds) {
    metrics.feedConnected.set({feed: name}, connected ? 1 : 0);
    metrics.feedFailing.set({feed: name}, lastError === null ? 0 : 1);
    metrics.feedGaps.set({feed: name}, gaps);
    metrics.feedReconnects.set({feed: name}, reconnects);
    metrics.ticksLate.inc({feed: name}, late);
    metrics.ticksDropped.inc({feed: name}, dropped);
  }
}

/** Figures of a store that is not there would be taken for those of one that is down. */
function observeStore(metrics: Metrics, store: StoreStatus | undefined, now: EpochMs): void {
  const {storeConnected, storeWaiting, storeLag, journal, journaled, journalFailing} = metrics;
  const {storeBarsDropped, storeTicksDropped} = metrics;
  for (const figure of [storeBarsDropped, storeTicksDropped]) figure.reset();
  if (!store) {
    const gauges = [storeConnected, storeWaiting, storeLag, journal, journaled, journalFailing];
    for (const figure of [...gauges, storeBarsDropped, storeTicksDropped]) figure.remove();
    return;
  }
  storeConnected.set(store.connected ? 1 : 0);
  storeWaiting.set(store.waiting);
  storeLag.set(store.waitingSince === null ? 0 : Math.max(0, now - store.waitingSince) / 1_000);
  journal.set(store.journalBytes);
  journaled.set(store.isJournaled ? 1 : 0);
  journalFailing.set(store.journalError ? 1 : 0);
  storeBarsDropped.inc(store.barsDropped);
  storeTicksDropped.inc(store.ticksDropped);
}

function observeSnapshots({snapshotFailing, snapshotFailures, snapshotTime}: Metrics, status?: SnapshotStatus): void {
  snapshotFailures.reset();
  if (!status) {
    for (const figure of [snapshotFailing, snapshotFailures, snapshotTime]) figure.remove();
    return;
  }
  snapshotFailing.set(status.lastError === null ? 0 : 1);
  snapshotFailures.inc(status.failures);
  snapshotTime.set((status.takenTime ?? 0) / 1_000);
}

function feedNames({feeds}: Health): [InstrumentId, string][] {
  return feeds.flatMap(({name, instruments}) => instruments.map((id): [InstrumentId, string] => [id, name]));
}
