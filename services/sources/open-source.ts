import type {AccountSource} from "./account-source.js";
import type {BarSource} from "./bar-source.js";
import {defaultSourceEffects, type SourceEffects} from "./effects.js";
import {createCsvSource} from "./files/csv-source.js";
import {createMt5FileSource} from "./files/mt5-file-source.js";
import {createKiteClient} from "./kite/client.js";
import {createKiteSource} from "./kite/source.js";
import {createBridgeSource} from "./mt5/bridge-source.js";
import {createBridgeClient} from "./mt5/client.js";
import {openDatabase} from "./postgres/database.js";
import {createPostgresSource} from "./postgres/source.js";
import {calendarLookup, instrumentLookup} from "./settings/lookups.js";
import {type Reference, resolveReference} from "./settings/reference.js";
import type {Settings} from "./settings/settings.js";
import type {SourceKind} from "./settings/source-settings.js";
import type {SymbolSource} from "./symbol-source.js";
import {readTape} from "./tape/read-tape.js";
import {createTapeSource} from "./tape/tape-source.js";
import type {TickSource} from "./tick-source.js";

/** A source that is ready to be asked, with the ports that it has. */
export interface OpenedSource {
  readonly kind: SourceKind;
  readonly bars?: BarSource;
  readonly ticks?: TickSource;
  readonly account?: AccountSource;
  readonly symbols?: SymbolSource;
  /** Ends its connections; nothing may be asked after that. */
  close(): Promise<void>;
}

const nothingToClose = async () => {};
/** A database that says nothing for so long is gone, though its connection stands: some thousand rows are fetched at once. */
const queryTimeoutMs = 30_000;

/**
 * Opens a source by its name in settings. Nothing is connected or read until something is asked.
 *
 * @throws {RangeError} if settings have no such source
 * @throws {SettingsError} if an environment variable that it needs is not set
 */
export function openSource(
  name: string,
  settings: Settings,
  effects: SourceEffects = defaultSourceEffects
): OpenedSource {
  const source = Object.hasOwn(settings.sources, name) ? settings.sources[name] : undefined;
  if (source === undefined) throw new RangeError(`unknown source: ${name}`);
  const text = (key: string, reference: Reference) =>
    resolveReference(reference, `sources.${name}.${key}`, settings.path, effects.env);
  const calendarOf = calendarLookup(settings);
  const toInstrument = instrumentLookup(settings, name);
  const currency = currencyOf(settings, name);
  switch (source.kind) {
    case "mt5-bridge": {
      const token = source.token === undefined ? {} : {token: text("token", source.token)};
      const client = createBridgeClient({name, url: text("url", source.url), ...token}, effects);
      const bridge = createBridgeSource({
        client,
        clock: source.clock,
        currency,
        toInstrument,
        calendarOf,
        now: effects.now
      });
      return {kind: source.kind, bars: bridge, ticks: bridge, account: bridge, symbols: bridge, close: nothingToClose};
    }
    case "kite": {
      const keys = {apiKey: text("apiKey", source.apiKey), accessToken: text("accessToken", source.accessToken)};
      const kite = createKiteSource(
        createKiteClient({name, url: text("url", source.url), ...keys}, effects),
        effects.now
      );
      return {kind: source.kind, bars: kite, account: kite, symbols: kite, close: nothingToClose};
    }
    case "postgres": {
      const pool = openDatabase(text("url", source.url), {query_timeout: queryTimeoutMs, keepAlive: true});
      return {kind: source.kind, bars: createPostgresSource(pool, {name, calendarOf}), close: () => pool.end()};
    }
    case "tape": {
      const tape = createTapeSource(readTape(text("file", source.file)), calendarOf, effects);
      return {kind: source.kind, bars: tape, close: nothingToClose};
    }
    case "mt5-files": {
      const folder = text("folder", source.folder);
      const files = createMt5FileSource({folder, settings: source, currency, toInstrument, calendarOf});
      return {kind: source.kind, bars: files, ticks: files, account: files, close: nothingToClose};
    }
    case "csv": {
      const csv = createCsvSource({folder: text("folder", source.folder), settings: source, calendarOf}, effects);
      return {kind: source.kind, bars: csv, ticks: csv, close: nothingToClose};
    }
  }
}

/** The currency of the account that a source is of. */
function currencyOf({accounts, site}: Settings, source: string): string {
  const id = accounts.find((account) => account.source === source)?.id;
  return site.accounts.find((account) => account.id === id)?.currency ?? "USD";
}
