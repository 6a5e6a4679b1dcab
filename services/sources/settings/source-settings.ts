import type {Timeframe} from "../../domain/timeframe.js";
import type {Reference} from "./reference.js";

/** A broker's server clock: the wall time of a zone plus whole or part hours, as New York + 7. */
export interface ClockRule {
  readonly zone: string;
  readonly offsetHours: number;
}

/** A MetaTrader 5 terminal behind its REST bridge. */
export interface BridgeSettings {
  readonly kind: "mt5-bridge";
  readonly url: Reference;
  readonly token?: Reference;
  readonly clock: ClockRule;
}

/** Zerodha Kite Connect 3. */
export interface KiteSettings {
  readonly kind: "kite";
  readonly url: Reference;
  readonly socketUrl: Reference;
  readonly apiKey: Reference;
  readonly accessToken: Reference;
}

/** A PostgreSQL database, with TimescaleDB or without. */
export interface PostgresSettings {
  readonly kind: "postgres";
  readonly url: Reference;
}

/** A recorded tape, played by the sidecar on a clock of its own. */
export interface TapeSettings {
  readonly kind: "tape";
  /** Lines as `tick_data_channel` has them, in order of time. */
  readonly file: Reference;
  /** How many times as fast as it was recorded. */
  readonly speed: number;
}

/** A folder of a MetaTrader terminal's exports and reports. Patterns are globs below the folder. */
export interface FileSettings {
  readonly kind: "mt5-files";
  readonly folder: Reference;
  readonly clock: ClockRule;
  /** Exported bars; `{symbol}` and `{timeframe}` (as M1) stand for what is asked. */
  readonly bars: string;
  /** Exported ticks; `{symbol}` stands for what is asked. */
  readonly ticks: string;
  /** HTML reports of one account. */
  readonly reports: string;
}

/** What a column of a CSV file holds; `-` is ignored. */
export type CsvColumn =
  | "time"
  | "timeOfDayMs"
  | "open"
  | "high"
  | "low"
  | "close"
  | "volume"
  | "bid"
  | "ask"
  | "price"
  | "-";

/** A folder of candles or ticks as a third party writes them. */
export interface CsvSettings {
  readonly kind: "csv";
  readonly folder: Reference;
  /** A glob below the folder; `{symbol}` and `{timeframe}` stand for what is asked. */
  readonly files: string;
  /** The clock of times that state no zone; a zone alone has `offsetHours` 0. */
  readonly clock: ClockRule;
  /** Whether each file begins with a row of names. */
  readonly header: boolean;
  /** What the columns hold: by position, or the name of each in the header. */
  readonly columns: readonly CsvColumn[] | Readonly<Partial<Record<CsvColumn, string>>>;
  readonly separator: string;
  /** Prices in the file are divided by it, as 100000 for points of EURUSD. */
  readonly priceDivisor: number;
  /** Where times are of day only: a pattern whose group holds the date (YYYYMMDD or YYYY-MM-DD) in the file's name. */
  readonly date?: string;
  /** The timeframe of the rows, where the file holds one; told from the rows otherwise. */
  readonly timeframe?: Timeframe;
}

/** What is needed to open a source, checked; addresses and secrets are still references. */
export type SourceSettings =
  | BridgeSettings
  | KiteSettings
  | PostgresSettings
  | TapeSettings
  | FileSettings
  | CsvSettings;

/** What a source is, as settings name it: `kite`, `csv` and so on. */
export type SourceKind = SourceSettings["kind"];
