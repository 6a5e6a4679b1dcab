import type {InstrumentId} from "../domain/instrument.js";
import type {Tick} from "../domain/tick.js";
import type {EpochMs} from "../domain/time.js";

/** How a feed stands now; a new object on every change. */
export interface TickFeedStatus {
  /** Whether data can arrive: the transport is up and the venue has not refused it. */
  readonly connected: boolean;
  /** What last went wrong, in words without secrets; `null` once data has come again. */
  readonly lastError: string | null;
  /** Times the feed had to connect anew since it was started. */
  readonly reconnects: number;
}

/** A stretch of time: start ≤ t < end. */
export interface TickCoverage {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** What else a feed may tell whoever hears it. */
export interface TickFeedHandlers {
  /** The source's history has, or will soon have, a minute that opened at a time. */
  readonly onHistory?: (instrument: InstrumentId, time: EpochMs) => void;
}

/**
 * Where ticks come from: a socket that pushes or a bridge that is polled.
 *
 * A feed runs from `start` until `stop` and never gives up meanwhile: it reconnects by itself and says so by status.
 * Ticks of one instrument come in order of `eventTime`, without duplicates within a connection; whoever consumes
 * them must still expect a repeated tick after a reconnect. Neither callback may throw.
 *
 * @example
 * feed.start((tick) => build(tick), ({connected, lastError}) => report(connected, lastError));
 * await feed.stop();
 */
export interface TickFeed {
  /** The name of the source in settings. */
  readonly name: string;
  readonly instruments: readonly InstrumentId[];
  /** @throws {TypeError} if the feed has been started before */
  start(onTick: (tick: Tick) => void, onStatus: (status: TickFeedStatus) => void, handlers?: TickFeedHandlers): void;
  /**
   * The stretch in which every tick of an instrument has been given that the venue sends; `undefined` before it begins.
   * Its start moves on when ticks may have been missed; its end stands still while none can come.
   */
  covered(instrument: InstrumentId): TickCoverage | undefined;
  /** Resolves when nothing is left running; no callback is called after that. */
  stop(): Promise<void>;
}
