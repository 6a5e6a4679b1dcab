import type {Bar} from "./bar.js";
import type {InstrumentId} from "./instrument.js";
import type {Tick} from "./tick.js";
import type {EpochMs} from "./time.js";
import type {Timeframe} from "./timeframe.js";

/** What the sidecar and a page say to each other: `docs/protocol.md`. One JSON object per frame. */
export const PROTOCOL_VERSION = 1;

/** `tick:MT5:EURUSD`, `bar:MT5:EURUSD:1m`, `signal:MT5:EURUSD:5m`, `status`. */
export type Topic = `tick:${InstrumentId}` | `bar:${InstrumentId}:${Timeframe}` | SignalTopic | "status";
/** Where the signals of an instrument and timeframe are told: `signal:MT5:EURUSD:5m`. */
export type SignalTopic = `signal:${InstrumentId}:${Timeframe}`;

/** What a page says. `since` gives, by topic, the last number that it has: what came after is replayed. */
export type ClientMessage =
  | {readonly op: "subscribe"; readonly topics: readonly string[]; readonly since?: Readonly<Record<string, number>>}
  | {readonly op: "unsubscribe"; readonly topics: readonly string[]}
  | {readonly op: "ping"; readonly id?: number};

interface TopicEventBase {
  readonly topic: Topic;
  /** Rises by one within its topic. */
  readonly seq: number;
  /** For a reader that lags: how many events of this topic just before it were left out, superseded by it. */
  readonly conflated?: number;
}

/** A tick as it came, in the order of its venue. */
export interface TickEvent extends TopicEventBase {
  readonly type: "tick";
  readonly tick: Tick;
}

/** A bar of the topic's timeframe: as it forms, and once more when it is final. */
export interface BarEvent extends TopicEventBase {
  readonly type: "bar";
  readonly bar: Bar;
  /** A final bar changes only by a correction. */
  readonly final: boolean;
  /** The bar is the source's own history, not built here from ticks. */
  readonly healed?: true;
  /** A forming bar whose beginning was not seen: its open, extremes and volume are of what was. Never final. */
  readonly partial?: true;
  /** A recorded correction: the final bar as it was told before, which this one takes the place of. */
  readonly corrects?: Bar;
}

/** A trend start, stated at the close of a bar. Once stated it is never changed or withdrawn. */
export interface Signal {
  readonly instrument: InstrumentId;
  readonly timeframe: Timeframe;
  readonly type: "uptrend_start" | "downtrend_start";
  /** Opening of the confirmed bar: where the trend started. */
  readonly time: EpochMs;
  /** Opening of the bar that triggered it: before its close nobody could have known. */
  readonly knownAt: EpochMs;
  /** Close of the confirmed bar. */
  readonly price: number;
  /** The rule and its version, as `trend-start@1`. */
  readonly rule: string;
  /** What confirmed it, as `EXHAUSTION_REVERSAL`. */
  readonly ruleType: string;
  /** Who found it, as settings name the analyzer. */
  readonly analyzer: string;
}

/** A signal, told once, at the close of the bar that made it known. */
export interface SignalEvent extends TopicEventBase {
  readonly type: "signal";
  readonly topic: SignalTopic;
  readonly signal: Signal;
}

/** A feed's health: what a page needs to say honestly whether it is live. */
export interface FeedStatus {
  readonly name: string;
  readonly instruments: readonly InstrumentId[];
  readonly connected: boolean;
  readonly lastEventTime: EpochMs | null;
  readonly lastReceivedTime: EpochMs | null;
  readonly reconnects: number;
  /** Stretches of time that were missed and that the source's history has not filled yet. */
  readonly gaps: number;
  /** Ticks that came after the grace of their bar; the bar stands as announced. */
  readonly late: number;
  /** Final bars that were said again because a tick came late, within the grace. */
  readonly corrected?: number;
  /** Ticks that went no further: repeated, without sense, or of an instrument that is not followed. */
  readonly dropped?: number;
  /** Ticks a second, over the last ten. */
  readonly rate?: number;
  readonly lastError: string | null;
}

/** How the store stands: whether bars reach the database, and what waits meanwhile. */
export interface StoreStatus {
  readonly connected: boolean;
  /** Final bars that the database does not hold yet. */
  readonly waiting: number;
  /** When the oldest of them was taken, by the sidecar's clock. */
  readonly waitingSince: EpochMs | null;
  readonly journalBytes: number;
  /** Whether every bar that waits is on disk. */
  readonly isJournaled: boolean;
  /** Bars given up because more waited than are kept; history has them. */
  readonly barsDropped: number;
  /** Ticks that were not notified because the database was away or slow. */
  readonly ticksDropped: number;
  /** What last went wrong with the journal, also while the database's error is told first. */
  readonly journalError?: string | null;
  /** What last went wrong with the database or the journal, until it is right again. */
  readonly lastError: string | null;
}

/** How the sidecar's own snapshots stand. */
export interface SnapshotStatus {
  /** When one was last taken, by the sidecar's clock. */
  readonly takenTime: EpochMs | null;
  /** Attempts since the start of which some part failed. */
  readonly failures: number;
  /** What last failed, in words, until it went well. */
  readonly lastError: string | null;
}

/** How the search for signals stands. */
export interface SignalStatus {
  /** Contracts and timeframes that are searched. */
  readonly targets: number;
  /** Those whose last look failed: their bars are looked at again. */
  readonly failing: number;
  /** Where it fails and why, in words; `null` while nothing does. */
  readonly lastError: string | null;
}

/** How feeds, store, snapshots and signals of the sidecar stand, at `serverTime` by its clock. */
export interface StatusEvent extends TopicEventBase {
  readonly type: "status";
  readonly topic: "status";
  readonly feeds: readonly FeedStatus[];
  /** Absent where nothing is stored. */
  readonly store?: StoreStatus;
  /** Absent where no snapshots are taken. */
  readonly snapshots?: SnapshotStatus;
  /** Absent where no signals are looked for. */
  readonly signals?: SignalStatus;
  readonly serverTime: EpochMs;
}

/** What comes by topic: each is numbered within its own. */
export type TopicEvent = TickEvent | BarEvent | SignalEvent | StatusEvent;

/** The first message of every connection: who speaks, in which version, and what there is to subscribe to. */
export interface HelloMessage {
  readonly type: "hello";
  readonly version: number;
  readonly serverTime: EpochMs;
  readonly simulated: boolean;
  readonly topics: readonly Topic[];
  /** Changes with every start of the sidecar; sequence numbers mean nothing across it. */
  readonly boot: string;
}

/** A topic's events since the number that a page named, oldest first; what comes later follows without a hole. */
export interface ReplayMessage {
  readonly type: "replay";
  readonly topic: Topic;
  readonly events: readonly TopicEvent[];
  /** The topic's newest number: the stream goes on from here. */
  readonly lastSeq: number;
  /** Whether nothing since the point asked for is missing. */
  readonly complete: boolean;
}

/** What the sidecar says. */
export type ServerMessage =
  | HelloMessage
  /** `numbers`, one per topic, by which binary frames call them; only for a client that takes those. */
  | {readonly type: "subscribed"; readonly topics: readonly Topic[]; readonly numbers?: readonly number[]}
  | ReplayMessage
  | {readonly type: "batch"; readonly events: readonly TopicEvent[]}
  | {readonly type: "error"; readonly code: string; readonly message: string}
  | {readonly type: "pong"; readonly id?: number; readonly serverTime: EpochMs}
  | TopicEvent;
