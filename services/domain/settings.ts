import type {TradingCalendar} from "./calendar.js";
import type {Instrument, InstrumentId} from "./instrument.js";
import type {Timeframe} from "./timeframe.js";

/** How the site shows things. */
export interface DisplaySettings {
  readonly zone: string;
  readonly locale: string;
  /** For readers who take red as up: gains and losses change colours; signs and fills stay. */
  readonly redIsUp?: boolean | undefined;
}

/** What an account's owner has decided; defaults and sources in `docs/definitions.md`. */
export interface Policy {
  readonly reentryWindowMinutes: number;
  readonly riskFractionPerTrade: number;
  readonly dailyLossFraction: number;
  readonly tradesPerDay: number;
  readonly coolingOffMinutes: number;
}

/** One instrument of the site, with what is kept of it. */
export interface InstrumentSettings extends Instrument {
  readonly slug: string;
  /** Kept timeframes, finest first; others are resampled from them. */
  readonly timeframes: readonly Timeframe[];
  readonly live: boolean;
}

/** One account of the site: an alias, never the login. */
export interface AccountSettings {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  /** The zone in which its trading day is counted. */
  readonly zone: string;
  readonly policy: Policy;
}

/** The part of the settings that a page may see: no address, no secret, no login. */
export interface SiteSettings {
  readonly title: string;
  readonly simulated: boolean;
  readonly display: DisplaySettings;
  readonly instruments: readonly InstrumentSettings[];
  readonly accounts: readonly AccountSettings[];
  readonly calendars: Readonly<Record<string, TradingCalendar>>;
}

/** The instruments of which bars are kept, and which pages can therefore draw; of the others there are ticks alone. */
export function withBars({instruments}: SiteSettings): InstrumentSettings[] {
  return instruments.filter(({timeframes}) => timeframes.length > 0);
}

/** @throws {RangeError} if settings name no such instrument */
export function instrumentSettings(settings: SiteSettings, id: InstrumentId | string): InstrumentSettings {
  const found = settings.instruments.find((instrument) => instrument.id === id || instrument.slug === id);
  if (!found) throw new RangeError(`unknown instrument: ${id}`);
  return found;
}

/** @throws {RangeError} if settings name no such account */
export function accountSettings(settings: SiteSettings, id: string): AccountSettings {
  const found = settings.accounts.find((account) => account.id === id);
  if (!found) throw new RangeError(`unknown account: ${id}`);
  return found;
}
