import type {BarSeries} from "../domain/bar.js";
import type {InstrumentId} from "../domain/instrument.js";
import type {EpochMs} from "../domain/time.js";
import type {Timeframe} from "../domain/timeframe.js";

/** What to pull: bars that open at or after `start` and before `end`. */
export interface BarRequest {
  readonly instrument: InstrumentId;
  /** The instrument's name at the source, as `EURUSD` or a Kite token's `NSE:INFY`. */
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** Bars in UTC, checked and in order, with what had to be done to them. */
export interface SourcedBars {
  readonly bars: BarSeries;
  /** Opening time of each row that was dropped because an identical one was there already; of any range, in any order. */
  readonly duplicateTimes: readonly EpochMs[];
  /** What a person should know, in plain words. */
  readonly warnings: readonly string[];
}

/** Where bars come from: a bridge, an exchange's API, a database, a folder of files. */
export interface BarSource {
  /** @throws {SourceError} with a code; never a partial answer */
  bars(request: BarRequest, signal?: AbortSignal): Promise<SourcedBars>;
}
