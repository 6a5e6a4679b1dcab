import {Counter, Gauge, Histogram, Registry} from "prom-client";

/** What `/metrics` tells: each figure is set by whoever knows it, or when it is asked for. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Upper bounds of the lag histogram, in seconds: from a loopback's to a stalled feed's. */
const lagBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * A sidecar's figures, in a registry of their own so that two sidecars in one process do not meet. Times are in seconds
 * and sizes in bytes, as Prometheus names them.
 *
 * @example
 * metrics.frames.inc();
 * metrics.journal.set(4_096);
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter<L>({name: `tapebook_${name}`, help, labelNames: [...labelNames], registers});
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge<L>({name: `tapebook_${name}`, help, labelNames: [...labelNames], registers});
  return {
    registry,
    ticksIn: counter("ticks_in_total", "Ticks taken from a feed", ["feed"]),
    ticksDropped: counter("ticks_dropped_total", "Ticks that went no further: repeated, without sense, not followed", [
      "feed"
    ]),
    ticksLate: counter("ticks_late_total", "Ticks that came after their bar was closed", ["feed"]),
    /** `origin`: `built` from ticks, `healed` from history, `corrected`. */
    bars: counter("bars_total", "Final bars announced", ["timeframe", "origin"]),
    signals: counter("signals_total", "Signals announced", ["type"]),
    lag: new Histogram({
      name: "tapebook_tick_lag_seconds",
      help: "From a tick's time at the venue until it was handed to the clients' sockets",
      buckets: lagBuckets,
      registers
    }),
    feedConnected: gauge("feed_connected", "1 while a feed is connected", ["feed"]),
    feedFailing: gauge("feed_failing", "1 while something is wrong with a feed, connected or not", ["feed"]),
    feedGaps: gauge("feed_gaps", "Stretches that were missed and that history has not filled yet", ["feed"]),
    feedReconnects: gauge("feed_reconnects", "Times a feed had to connect anew since the start", ["feed"]),
    clients: gauge("clients", "Clients connected"),
    buffered: gauge("buffered_bytes", "Bytes that wait for clients to read them, all clients together"),
    frames: counter("frames_sent_total", "Frames handed to clients' sockets"),
    conflations: counter("conflations_total", "Events left out for slow readers, superseded by a newer one"),
    broadcastDropped: counter("broadcast_ticks_dropped_total", "Ticks left out for slow readers of /broadcast"),
    refused: counter("clients_refused_total", "Connections refused or ended by the sidecar", ["reason"]),
    errors: counter("client_errors_total", "Messages of clients that were refused", ["code"]),
    storeConnected: gauge("store_connected", "1 while the database answers"),
    storeWaiting: gauge("store_waiting_bars", "Final bars that the database does not hold yet"),
    storeLag: gauge("store_lag_seconds", "Age of the oldest final bar that the database does not hold yet; 0 if none"),
    storeBarsDropped: counter("store_bars_dropped_total", "Bars given up because more waited than are kept"),
    storeTicksDropped: counter("store_ticks_dropped_total", "Ticks not notified: the database was away or slow"),
    journal: gauge("journal_bytes", "Size of the journal of bars on disk"),
    journaled: gauge("store_journaled", "1 while every bar that waits for the database is on disk"),
    journalFailing: gauge("journal_failing", "1 while the journal cannot be written"),
    signalsFailing: gauge("signals_failing", "Contracts and timeframes whose last look for signals failed"),
    snapshotFailing: gauge("snapshot_failing", "1 while a live snapshot that was due could not be taken"),
    snapshotFailures: counter("snapshot_failures_total", "Attempts at live snapshots that failed"),
    snapshotTime: gauge("snapshot_time_seconds", "When a live snapshot was last taken, since the epoch; 0 if never")
  };
}
