import {sessionAt} from "../domain/calendar.js";
import type {EpochMs} from "../domain/time.js";
import {dateIn} from "../domain/zone.js";
import {defaultSourceEffects, type SourceEffects} from "./effects.js";
import {createKiteClient} from "./kite/client.js";
import type {KiteInstrument} from "./kite/parse-instruments.js";
import {createKiteSource, tokenOf} from "./kite/source.js";
import {createKiteTicker} from "./kite/ticker.js";
import {createBridgeClient} from "./mt5/client.js";
import {createBridgeFeed} from "./mt5/tick-feed.js";
import {createListenFeed} from "./postgres/listen-feed.js";
import {calendarLookup} from "./settings/lookups.js";
import {type Reference, resolveReference} from "./settings/reference.js";
import type {FeedSettings, Listing, Settings} from "./settings/settings.js";
import {SettingsError, type SettingsProblem} from "./settings/settings-error.js";
import type {BridgeSettings, KiteSettings} from "./settings/source-settings.js";
import {readTape} from "./tape/read-tape.js";
import {createTapeFeed} from "./tape/tape-feed.js";
import type {TickFeed} from "./tick-feed.js";

/** Kite's ticker takes so many instruments a connection, and so many connections. */
const KITE_INSTRUMENTS = 3_000;
const KITE_CONNECTIONS = 3;

/**
 * The feeds of all instruments that settings call live, not started.
 *
 * @throws {SettingsError} naming every environment variable that is needed and not set
 */
export function openFeeds(settings: Settings, effects: SourceEffects = defaultSourceEffects): TickFeed[] {
  const problems: SettingsProblem[] = [];
  const feeds = settings.feeds.flatMap((feed) => {
    try {
      return openFeed(feed, settings, effects);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new SettingsError(settings.path, problems);
  return feeds;
}

function openFeed({source: name, listings}: FeedSettings, settings: Settings, effects: SourceEffects): TickFeed[] {
  const source = settings.sources[name]!;
  const text = (key: string, reference: Reference) =>
    resolveReference(reference, `sources.${name}.${key}`, settings.path, effects.env);
  if (source.kind === "mt5-bridge") return [openBridgeFeed(name, source, listings, text, effects)];
  if (source.kind === "kite") return openTickers(name, source, listings, settings, text, effects);
  if (source.kind === "postgres") return [createListenFeed({name, url: text("url", source.url), listings}, effects)];
  if (source.kind === "tape")
    return [createTapeFeed({name, listings, ticks: readTape(text("file", source.file))}, effects)];
  return [];
}

type ResolveText = (key: string, reference: Reference) => string;

function openBridgeFeed(
  name: string,
  source: BridgeSettings,
  listings: readonly Listing[],
  text: ResolveText,
  effects: SourceEffects
): TickFeed {
  const token = source.token === undefined ? {} : {token: text("token", source.token)};
  // The feed polls again by itself: a try that fails is told at once.
  const client = createBridgeClient(
    {name, url: text("url", source.url), ...token, retries: 0, timeoutMs: 5_000},
    effects
  );
  return createBridgeFeed({client, clock: source.clock, listings}, effects);
}

function openTickers(
  name: string,
  source: KiteSettings,
  listings: readonly Listing[],
  settings: Settings,
  text: ResolveText,
  effects: SourceEffects
): TickFeed[] {
  if (listings.length > KITE_INSTRUMENTS * KITE_CONNECTIONS) {
    const remedy = `call at most ${KITE_INSTRUMENTS * KITE_CONNECTIONS} of them live`;
    throw new SettingsError(settings.path, [{key: "instruments", found: `${listings.length} live at ${name}`, remedy}]);
  }
  const keys = () => ({apiKey: text("apiKey", source.apiKey), accessToken: text("accessToken", source.accessToken)});
  const [url, socketUrl] = [text("url", source.url), text("socketUrl", source.socketUrl)];
  keys(); // what is missing is told now
  const instruments = createDailyList(
    (fresh: ReturnType<typeof keys>, signal) =>
      createKiteSource(createKiteClient({name, url, ...fresh, retries: 0}, effects), effects.now).instruments(signal),
    effects.now
  );
  const calendarOf = calendarLookup(settings);
  const count = Math.ceil(listings.length / KITE_INSTRUMENTS);
  return Array.from({length: count}, (_, i) => {
    const own = listings.slice(i * KITE_INSTRUMENTS, (i + 1) * KITE_INSTRUMENTS);
    const isOpen = (time: EpochMs) =>
      own.some(({instrument}) => {
        const calendar = calendarOf(instrument);
        return calendar !== undefined && sessionAt(calendar, time) !== undefined;
      });
    const access = async (signal: AbortSignal) => {
      const fresh = keys();
      const known = await instruments(fresh, signal);
      return {
        socketUrl,
        ...fresh,
        instruments: new Map(own.map(({symbol, instrument}) => [tokenOf(known, symbol, name), instrument]))
      };
    };
    const feedName = i === 0 ? name : `${name}-${i + 1}`;
    return createKiteTicker(
      {name: feedName, instruments: own.map(({instrument}) => instrument), access, isOpen},
      effects
    );
  });
}

type InstrumentList = ReadonlyMap<string, KiteInstrument>;

/** The day's list of instruments, which all connections share: it is long, and a token that died does not change it. */
function createDailyList<Keys>(
  fetchList: (keys: Keys, signal: AbortSignal) => Promise<InstrumentList>,
  now: () => EpochMs
): (keys: Keys, signal: AbortSignal) => Promise<InstrumentList> {
  let known: {readonly date: string; readonly list: InstrumentList} | undefined;
  return async (keys, signal) => {
    const date = dateIn("Asia/Kolkata", now());
    if (known?.date !== date) known = {date, list: await fetchList(keys, signal)};
    return known.list;
  };
}
