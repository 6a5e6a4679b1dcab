import type {InstrumentId} from "../../domain/instrument.js";
import type {SiteSettings} from "../../domain/settings.js";
import type {Timeframe} from "../../domain/timeframe.js";
import type {Audience} from "./audience.js";
import type {SourceSettings} from "./source-settings.js";

/** What a source calls an instrument. */
export interface Listing {
  readonly instrument: InstrumentId;
  /** The name of the source in settings. */
  readonly source: string;
  /** The instrument's name at the source, as `EURUSD` or `NSE:INFY`. */
  readonly symbol: string;
}

/** How far back to keep, in days before now; `all` is everything that the source holds. */
export type HistoryDays = number | "all";

/** One series of bars to be kept. */
export interface BarsSettings extends Listing {
  readonly timeframe: Timeframe;
  readonly historyDays: HistoryDays;
}

/** The ticks of one instrument, to be kept. */
export interface TicksSettings extends Listing {
  readonly historyDays: HistoryDays;
}

/** Where an account's history is pulled from. */
export interface AccountPull {
  readonly id: string;
  readonly source: string;
  readonly historyDays: HistoryDays;
}

/** A source whose ticks are wanted, and of what. */
export interface FeedSettings {
  readonly source: string;
  readonly listings: readonly Listing[];
}

/** Where the sidecar looks for trend starts, and under which name it stores them. */
export interface AnalyzerSettings {
  readonly id: string;
  readonly targets: readonly {readonly instrument: InstrumentId; readonly timeframe: Timeframe}[];
}

/**
 * All that a settings file says, checked. It holds no secret: those are read from the environment when a source is
 * opened, so that a site can be built where there are none.
 */
export interface Settings {
  /** The file it came from. */
  readonly path: string;
  /** Every file it came from: that one, and the calendars where they were read with it. */
  readonly files: readonly string[];
  /** Narrowed to what the audience may see, where one is chosen. */
  readonly site: SiteSettings;
  /** Whom the site is built for; everyone's own where none is chosen. */
  readonly audience?: Audience;
  readonly sources: Readonly<Record<string, SourceSettings>>;
  /** One for each instrument, in the order of the file. */
  readonly listings: readonly Listing[];
  readonly bars: readonly BarsSettings[];
  readonly ticks: readonly TicksSettings[];
  readonly accounts: readonly AccountPull[];
  readonly feeds: readonly FeedSettings[];
  /** Absent where no signals are looked for. */
  readonly analyzer?: AnalyzerSettings;
}
