import type {InstrumentId} from "../domain/instrument.js";
import type {TickSeries} from "../domain/tick-series.js";
import type {EpochMs} from "../domain/time.js";

/** What to pull: ticks with start ≤ time < end. */
export interface TickRequest {
  readonly instrument: InstrumentId;
  /** The instrument's name at the source. */
  readonly symbol: string;
  readonly start: EpochMs;
  readonly end: EpochMs;
  /**
   * Whether a source that no longer reaches back to *start* gives what it has, with a warning that says from when; else
   * it fails.
   */
  readonly allowShort?: boolean;
}

/** Ticks in UTC, checked and in order, with what had to be done to them. */
export interface SourcedTicks {
  readonly ticks: TickSeries;
  readonly warnings: readonly string[];
}

/** Where the ticks of the past come from; see `TickFeed` for those of now. */
export interface TickSource {
  /** @throws {SourceError} with a code; never a partial answer, unless `allowShort` says so */
  ticks(request: TickRequest, signal?: AbortSignal): Promise<SourcedTicks>;
}
