/** What one sidecar allows its clients; each with its unit, its default and its reason in `docs/protocol.md`. */
export interface Limits {
  readonly clients: number;
  readonly topicsPerClient: number;
  readonly messageBytes: number;
  /** A subscription counts as one per topic. */
  readonly messagesPerSecond: number;
  /** Messages that may come at once after a silence. */
  readonly messageBurst: number;
  /** Refused messages after which a client is sent away. */
  readonly strikes: number;
  /** Unsent bytes past which a client gets only the newest tick and forming bar of each topic. */
  readonly highWaterBytes: number;
  /** Unsent bytes past which a client is sent away. */
  readonly cutOffBytes: number;
  /** Unsent bytes of all clients together past which those for whom most waits are sent away. */
  readonly bufferedBytes: number;
  /** The longest an event may wait for others to go out with it. */
  readonly batchMs: number;
  readonly heartbeatMs: number;
  readonly ticksKept: number;
  readonly secondsKept: number;
  readonly barsKept: number;
  readonly signalsKept: number;
}

/** The limits of a sidecar that is told nothing else. */
export const defaultLimits: Limits = {
  clients: 1_000,
  topicsPerClient: 256,
  messageBytes: 65_536,
  messagesPerSecond: 20,
  messageBurst: 300,
  strikes: 50,
  highWaterBytes: 262_144,
  cutOffBytes: 4_194_304,
  bufferedBytes: 268_435_456,
  batchMs: 15,
  heartbeatMs: 15_000,
  ticksKept: 1_000,
  secondsKept: 900,
  barsKept: 5_000,
  signalsKept: 1_000
};
