import type {InstrumentId} from "./instrument.js";
import type {TickEvent, Topic} from "./wire.js";

/** The sub-protocols that a client may offer; `docs/protocol.md` has both. */
export const subProtocols = {json: "tapebook.v1.json", ticks: "tapebook.v1.ticks"} as const;

/** The layout's version, in the third and fourth byte of each frame. */
export const TICK_FRAME_VERSION = 1;

/** A tick of a topic that the sidecar has given a number. */
export interface NumberedTick {
  readonly number: number;
  readonly event: TickEvent;
}

/** What a topic's number stands for. */
export interface TickTopic {
  readonly topic: Topic;
  readonly instrument: InstrumentId;
}

/** The layout of `docs/protocol.md`, in bytes: a header, then runs of ticks of one topic and kind. */
export const layout = {
  magic: 0x54_42, // "TB"
  headerBytes: 8,
  runBytes: 16,
  /** Ticks in a run. */
  mostTicks: 255,
  quote: 1,
  trade: 2,
  tradeOfDay: 3,
  tickBytes: 32,
  tickOfDayBytes: 40
} as const;
