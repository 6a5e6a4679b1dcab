import type {EpochMs} from "./time.js";

/** What became of a server's clock when Europe or America changed theirs. */
export interface ClockChange {
  readonly region: "United States" | "European Union";
  /** The moment of the change there. */
  readonly time: EpochMs;
  /** What the server's clock shows a minute before and at that moment, as milliseconds as if they were UTC. */
  readonly wallBefore: number;
  readonly wallAt: number;
  /** By how much the server is ahead of UTC a minute before and at that moment. */
  readonly aheadBeforeMs: number;
  readonly aheadAtMs: number;
}

/** One week of a data set against its calendar: rows begin no earlier than the open and end no later than the close. */
export interface ClockWeek {
  readonly open: EpochMs;
  readonly firstRow: EpochMs;
  readonly close: EpochMs;
  /** When the last row ended. */
  readonly lastEnd: EpochMs;
}

/** What a data set says of its source's clock. */
export interface ClockEvidence {
  readonly dataset: string;
  /** Weeks whose open and close both lie in the data; empty where its venue does not trade round the clock. */
  readonly weeks: readonly ClockWeek[];
  /** What was looked at, where it is not the edges of weeks. */
  readonly note?: string;
  /** What contradicts the rule, in plain words; `undefined` where nothing does. */
  readonly fault?: string;
  /** Other usual rules, and whether the same rows would contradict them. */
  readonly rivals: readonly {readonly rule: string; readonly fits: boolean}[];
}

/** How a source's times become UTC, and what its data say of it. */
export interface ClockReport {
  readonly source: string;
  readonly kind: string;
  /** As `America/New_York + 7 h`; `undefined` where the source states the moment itself. */
  readonly rule?: string;
  /** Where no rule is needed, why. */
  readonly reason?: string;
  readonly changes: readonly ClockChange[];
  readonly evidence: readonly ClockEvidence[];
}

/** Where the site keeps the file of a data set, for readers to take away. */
export interface Download {
  readonly dataset: string;
  /** Below the site's own `loaders/`, as `bars/EURUSD/base.parquet`. */
  readonly path: string;
}

/** What the Data page shows beside the catalogue. */
export interface Inspection {
  readonly clocks: readonly ClockReport[];
  readonly downloads: readonly Download[];
}
