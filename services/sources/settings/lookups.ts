import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {parseInstrumentId} from "../../domain/instrument.js";
import type {Settings} from "./settings.js";

/**
 * A source's symbols as instruments: by settings, else the symbol as it is at the venue of the source's first
 * instrument, or `MT5`.
 */
export function instrumentLookup({listings}: Settings, source: string): (symbol: string) => InstrumentId {
  const own = listings.filter((listing) => listing.source === source);
  const known = new Map(own.map(({symbol, instrument}) => [symbol.toLowerCase(), instrument]));
  const venue = own[0] === undefined ? "MT5" : parseInstrumentId(own[0].instrument).venue;
  return (symbol) => known.get(symbol.toLowerCase()) ?? `${venue}:${symbol}`;
}

/** The calendar of an instrument, `undefined` where settings do not name it. */
export function calendarLookup({site}: Settings): (instrument: InstrumentId) => TradingCalendar | undefined {
  const calendars = new Map(site.instruments.map(({id, calendar}) => [id, site.calendars[calendar]]));
  return (instrument) => calendars.get(instrument);
}
