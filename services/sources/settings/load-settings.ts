import {existsSync, readFileSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import type {TradingCalendar} from "../../domain/calendar.js";
import {instrumentSlug, parseInstrumentId} from "../../domain/instrument.js";
import {type Timeframe, timeframeMs} from "../../domain/timeframe.js";
import {narrowSite} from "./audience.js";
import {parseCalendars} from "./calendars.js";
import {checkSettings} from "./check-settings.js";
import {draftSettings} from "./draft-settings.js";
import type {Environment, Reference} from "./reference.js";
import type {AnalyzerSettings, BarsSettings, FeedSettings, HistoryDays, Listing, Settings} from "./settings.js";
import {SettingsError, type SettingsProblem} from "./settings-error.js";
import {type ParsedSettings, settingsSchema} from "./settings-schema.js";
import {toSourceSettings} from "./source-schema.js";
import type {SourceSettings} from "./source-settings.js";
import {toProblems} from "./to-problems.js";
import {readYaml, type YamlFile} from "./yaml.js";

/** Which file is read, and the environment and folder that decide where none is named. */
export interface LoadSettingsOptions {
  /** The file; else `TAPEBOOK_SETTINGS`, else `data/settings.yaml` if there is one, else `data/demo.yaml`. */
  readonly path?: string;
  readonly env?: Environment; // process.env
  /** The project's folder. */
  readonly root?: string; // the working folder
}

/**
 * Settings from a YAML file, checked as a whole, with the calendars of `data/reference/calendars.yaml`.
 * Nothing is read from the environment but `TAPEBOOK_SETTINGS` and `TAPEBOOK_AUDIENCE`: addresses and secrets are looked up by `openSource`.
 *
 * @throws {SettingsError} with everything that is wrong at once, in values and between them, each with its key, what was found and what would do
 * @example loadSettings({path: "data/demo.yaml"}).site.instruments[0].id // "MT5:EURUSD"
 */
export function loadSettings({path, env = process.env, root = process.cwd()}: LoadSettingsOptions = {}): Settings {
  const file = resolve(root, path ?? (env["TAPEBOOK_SETTINGS"] || defaultPath(root)));
  const calendarsPath = join(root, "data/reference/calendars.yaml");
  const calendars = parseCalendars(readText(calendarsPath), calendarsPath);
  const settings = parseSettings(readText(file), file, calendars, env["TAPEBOOK_AUDIENCE"] || undefined);
  return {...settings, files: [file, calendarsPath]};
}

function defaultPath(root: string): string {
  return existsSync(join(root, "data/settings.yaml")) ? "data/settings.yaml" : "data/demo.yaml";
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    const found = `no file that can be read (${(cause as NodeJS.ErrnoException).code ?? "unknown"})`;
    const remedy = "copy data/settings.example.yaml there, or set TAPEBOOK_SETTINGS to your file";
    throw new SettingsError(path, [{key: "", found, remedy}], {cause});
  }
}

/**
 * Settings from text.
 *
 * @param path the file's name: relative folders are relative to where it lies
 * @param audience narrow the site to what this audience of the settings may see
 * @throws {SettingsError} as `loadSettings`
 */
export function parseSettings(
  text: string,
  path: string,
  calendars: Readonly<Record<string, TradingCalendar>>,
  audience?: string
): Settings {
  const file = readYaml(text, path);
  const parsed = settingsSchema.safeParse(file.value);
  if (!parsed.success)
    throw new SettingsError(path, allProblems(toProblems(parsed.error.issues, file), file, calendars));
  const sources = readSources(parsed.data, path);
  const problems = checkSettings(parsed.data, sources, calendars, file);
  if (problems.length > 0) throw new SettingsError(path, problems);
  const settings = toSettings(parsed.data, path, sources, calendars);
  return audience === undefined ? settings : narrow(settings, parsed.data, audience);
}

/** What is wrong with values by themselves, and what is wrong between the others. */
function allProblems(
  own: readonly SettingsProblem[],
  file: YamlFile,
  calendars: Readonly<Record<string, TradingCalendar>>
): SettingsProblem[] {
  if (own.some(({key}) => key === "" || key === "sources")) return [...own]; // nothing can be held against what is not there
  const {settings, sources} = draftSettings(file.value);
  const isTold = (key: string) =>
    own.some(({key: told}) => key === told || key.startsWith(`${told}.`) || key.startsWith(`${told}[`));
  // An instrument that cannot be read may be the live one that a target names.
  const isUnsure = (key: string) =>
    key.startsWith("analyzer") && own.some(({key: told}) => told.startsWith("instruments"));
  const between = checkSettings(settings, sources, calendars, file);
  return [...own, ...between.filter(({key}) => !isTold(key) && !isUnsure(key))];
}

function narrow(settings: Settings, {audiences}: ParsedSettings, name: string): Settings {
  const found = Object.hasOwn(audiences, name) ? audiences[name] : undefined;
  if (found === undefined) {
    const remedy = `must be one of: ${Object.keys(audiences).join(", ") || "none is stated"}`;
    throw new SettingsError(settings.path, [{key: `audiences.${name}`, found: "nothing", remedy}]);
  }
  const audience = {name, ...found};
  return {...settings, audience, site: narrowSite(settings.site, audience)};
}

function readSources(settings: ParsedSettings, path: string): Record<string, SourceSettings> {
  return Object.fromEntries(
    Object.entries(settings.sources).map(([name, parsed]) => [name, resolveFolder(toSourceSettings(parsed), path)])
  );
}

function resolveFolder(source: SourceSettings, path: string): SourceSettings {
  if ("folder" in source) return {...source, folder: besideSettings(source.folder, path)};
  return "file" in source ? {...source, file: besideSettings(source.file, path)} : source;
}

/** A relative path is relative to the settings file. */
function besideSettings(reference: Reference, path: string): Reference {
  const absolute = (file: string) => resolve(dirname(path), file);
  if ("value" in reference) return {value: absolute(reference.value)};
  return reference.default === undefined ? reference : {env: reference.env, default: absolute(reference.default)};
}

function toSettings(
  parsed: ParsedSettings,
  path: string,
  sources: Readonly<Record<string, SourceSettings>>,
  calendars: Readonly<Record<string, TradingCalendar>>
): Settings {
  const listings = parsed.instruments.map((instrument) => toListing(instrument, sources));
  const instruments = parsed.instruments.map(({source: _s, symbol: _n, ticks: _t, timeframes, ...instrument}) => ({
    ...instrument,
    slug: instrumentSlug(instrument.id),
    timeframes: sortTimeframes(timeframes)
  }));
  const {title, simulated, display} = parsed;
  return {
    path,
    files: [path],
    site: {title, simulated, display, instruments, accounts: parsed.accounts.map(toAccount), calendars},
    sources,
    listings,
    bars: parsed.instruments.flatMap(({timeframes}, i) => toBarsSettings(listings[i]!, timeframes)),
    ticks: parsed.instruments.flatMap(({ticks}, i) =>
      ticks === undefined ? [] : [{...listings[i]!, historyDays: ticks}]
    ),
    accounts: parsed.accounts.map(({id, source, historyDays}) => ({id, source, historyDays})),
    feeds: toFeeds(listings.filter((_, i) => parsed.instruments[i]!.live)),
    ...(parsed.analyzer ? {analyzer: toAnalyzer(parsed.analyzer, parsed)} : {})
  };
}

type ParsedInstrument = ParsedSettings["instruments"][number];

function toListing({id, source, symbol}: ParsedInstrument, sources: Readonly<Record<string, SourceSettings>>): Listing {
  const usual = sources[source]?.kind === "kite" ? id : parseInstrumentId(id).symbol;
  return {instrument: id, source, symbol: symbol ?? usual};
}

function toAccount({id, name, currency, zone, policy}: ParsedSettings["accounts"][number]) {
  return {id, name, currency, zone, policy};
}

/** Each pair once; targets that name no instrument are of all that are live. */
function toAnalyzer(
  {id, targets}: NonNullable<ParsedSettings["analyzer"]>,
  {instruments}: ParsedSettings
): AnalyzerSettings {
  const live = instruments.filter((instrument) => instrument.live).map((instrument) => instrument.id);
  const pairs = targets.flatMap((target) =>
    (target.instruments ?? live).flatMap((instrument) =>
      target.timeframes.map((timeframe) => [`${instrument} ${timeframe}`, {instrument, timeframe}] as const)
    )
  );
  return {id, targets: [...new Map(pairs).values()]};
}

function sortTimeframes(timeframes: Readonly<Record<Timeframe, HistoryDays>>): Timeframe[] {
  return (Object.keys(timeframes) as Timeframe[]).sort((a, b) => timeframeMs(a) - timeframeMs(b));
}

function toBarsSettings(listing: Listing, timeframes: Readonly<Record<Timeframe, HistoryDays>>): BarsSettings[] {
  return sortTimeframes(timeframes).map((timeframe) => ({
    ...listing,
    timeframe,
    historyDays: timeframes[timeframe]!
  }));
}

function toFeeds(listings: readonly Listing[]): FeedSettings[] {
  const sources = [...new Set(listings.map(({source}) => source))];
  return sources.map((source) => ({source, listings: listings.filter((listing) => listing.source === source)}));
}
