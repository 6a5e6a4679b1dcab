/** How a bridge writes `time`; `time_msc` is milliseconds everywhere. */
export type TimeEncoding = "seconds" | "milliseconds" | "iso" | "rfc1123";

/** A server's clock: the wall time of a zone plus hours. */
export interface ServerRule {
  readonly zone: string;
  readonly offsetHours: number;
}

/** In what a bridge differs from the one next door: what has been seen in deployed ones. */
export interface BridgeQuirks {
  readonly rule: ServerRule;
  readonly timeEncoding: TimeEncoding;
  /** Bars a call gives at most, and which of them it keeps; it does not say that there were more. */
  readonly mostBars: number;
  readonly keeps: "oldest" | "newest";
  /** What `/get_positions` says when there are none. */
  readonly noPositions: "object" | "array";
  /** Whether `/history_deals_get` demands `position`; 0 stands for all. */
  readonly dealsNeedPosition: boolean;
}

/** The demo's first bridge: New York + 7, seconds. */
export const bridgeA: BridgeQuirks = {
  rule: {zone: "America/New_York", offsetHours: 7},
  timeEncoding: "seconds",
  mostBars: 20_000,
  keeps: "newest",
  noPositions: "object",
  dealsNeedPosition: false
};

/** The demo's second bridge: an Athens clock, RFC 1123 times, fewer bars a call, and deals by position only. */
export const bridgeB: BridgeQuirks = {
  rule: {zone: "Europe/Athens", offsetHours: 0},
  timeEncoding: "rfc1123",
  mostBars: 5_000,
  keeps: "newest",
  noPositions: "object",
  dealsNeedPosition: true
};
