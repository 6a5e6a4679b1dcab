import type {EpochMs} from "../../services/domain/time.js";
import type {FeedStatus, SignalStatus, SnapshotStatus, StoreStatus, Topic} from "../../services/domain/wire.js";

/** What a client knows of its line and of what is behind it. */
export interface ClientState {
  /** Trying for the first time, open and greeted, or waiting to try again. */
  readonly connection: "connecting" | "open" | "waiting";
  /** Since when the connection is so, by this machine's clock. */
  readonly changedTime: EpochMs;
  /** Failures in a row. */
  readonly attempts: number;
  /** How far the sidecar's clock is ahead of ours; NaN before it is known. */
  readonly offsetMs: number;
  /** One way, in milliseconds; NaN before it is known. */
  readonly latencyMs: number;
  readonly boot: string | undefined;
  readonly simulated: boolean;
  /** Topics the sidecar has. */
  readonly offered: readonly Topic[];
  /** Topics of which something is missing, or may be. */
  readonly incomplete: readonly Topic[];
  /** Ticks that the sidecar left out for this page, which read too slowly. */
  readonly leftOut: number;
  readonly feeds: readonly FeedStatus[];
  /** `undefined` where the sidecar stores nothing, or has not said. */
  readonly store: StoreStatus | undefined;
  /** `undefined` where the sidecar takes no snapshots, or has not said. */
  readonly snapshots: SnapshotStatus | undefined;
  /** `undefined` where the sidecar looks for no signals, or has not said. */
  readonly signals: SignalStatus | undefined;
  readonly lastError: string | null;
}

/** A client's state before anything has happened. */
export function initialState(now: EpochMs): ClientState {
  return {
    connection: "connecting",
    changedTime: now,
    attempts: 0,
    offsetMs: NaN,
    latencyMs: NaN,
    boot: undefined,
    simulated: false,
    offered: [],
    incomplete: [],
    leftOut: 0,
    feeds: [],
    store: undefined,
    snapshots: undefined,
    signals: undefined,
    lastError: null
  };
}
