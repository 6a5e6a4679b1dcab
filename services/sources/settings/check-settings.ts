import type {TradingCalendar} from "../../domain/calendar.js";
import {instrumentSlug} from "../../domain/instrument.js";
import type {Timeframe} from "../../domain/timeframe.js";
import type {CheckedSettings, CheckedSources} from "./draft-settings.js";
import {holdsBars} from "./holds-bars.js";
import type {HistoryDays} from "./settings.js";
import type {SettingsProblem} from "./settings-error.js";
import type {CsvSettings, SourceKind, SourceSettings} from "./source-settings.js";
import {suggest} from "./suggest.js";
import {locate} from "./to-problems.js";
import type {YamlFile} from "./yaml.js";

const accountKinds: readonly SourceKind[] = ["mt5-bridge", "mt5-files", "kite"];
const tickKinds: readonly SourceKind[] = ["mt5-bridge", "mt5-files", "csv"];
const liveKinds: readonly SourceKind[] = ["mt5-bridge", "kite", "postgres", "tape"];
const mt5Timeframes = ["1m", "5m", "15m", "30m", "1h", "4h", "1d", "1w", "1mo"];
const kiteTimeframes = ["1m", "3m", "5m", "10m", "15m", "30m", "1h", "1d"];
const timeframesOf: Partial<Record<SourceKind, readonly string[]>> = {
  "mt5-bridge": mt5Timeframes,
  kite: kiteTimeframes
};

/** What is wrong between parts of the settings that are each right by themselves. */
export function checkSettings(
  settings: CheckedSettings,
  sources: CheckedSources,
  calendars: Readonly<Record<string, TradingCalendar>>,
  file: YamlFile
): SettingsProblem[] {
  return [
    ...checkInstruments(settings, sources, calendars, file),
    ...checkAccounts(settings, sources, file),
    ...checkAnalyzer(settings, file),
    ...checkTape(settings, sources, file),
    ...Object.entries(sources).flatMap(([name, source]) => checkCsv(name, source, settings, file))
  ];
}

function checkInstruments(
  {instruments}: CheckedSettings,
  sources: CheckedSources,
  calendars: Readonly<Record<string, TradingCalendar>>,
  file: YamlFile
): SettingsProblem[] {
  const slugs = new Map<string, string>();
  const symbols = new Map<string, string>();
  return instruments.flatMap((instrument, i) => {
    const at = (key: string, remedy: string) => locate(["instruments", i, key], remedy, file);
    const {id, source: sourceName, calendar, live, timeframes} = instrument;
    const problems: SettingsProblem[] = [];
    const slug = instrumentSlug(id).toLowerCase();
    const other = slugs.get(slug);
    if (other !== undefined)
      problems.push(at("id", `its pages and files would take the name of ${other}: the symbol must differ`));
    slugs.set(slug, id);
    const kind = sources[sourceName]?.kind;
    const key = `${sourceName} ${instrument.symbol ?? ""}`;
    const twin = instrument.symbol === undefined || kind === undefined ? undefined : symbols.get(key);
    if (twin !== undefined) problems.push(at("symbol", `${twin} is this symbol of ${sourceName} already`));
    symbols.set(key, id);
    if (!Object.hasOwn(sources, sourceName))
      problems.push(at("source", nameRemedy("source", sourceName, Object.keys(sources))));
    if (calendars[calendar] === undefined)
      problems.push(at("calendar", nameRemedy("calendar", calendar, Object.keys(calendars))));
    if (live && kind !== undefined && !liveKinds.includes(kind))
      problems.push(at("live", `must be false: a source of kind ${kind} sends no ticks`));
    const remedy = ticksRemedy(instrument.ticks, sources[sourceName]);
    if (remedy !== undefined) problems.push(at("ticks", remedy));
    const allowed = kind === undefined ? undefined : timeframesOf[kind];
    for (const timeframe of Object.keys(timeframes) as Timeframe[])
      if (allowed && !allowed.includes(timeframe))
        problems.push(at("timeframes", `${timeframe}: a source of kind ${kind} gives ${allowed.join(", ")}`));
    return problems;
  });
}

/** What would do in the place of the days of ticks that are asked for; `undefined` where they will. */
function ticksRemedy(ticks: HistoryDays | undefined, source: SourceSettings | undefined): string | undefined {
  if (ticks === undefined || source === undefined) return undefined;
  if (!tickKinds.includes(source.kind))
    return `must be left out: a source of kind ${source.kind} keeps no ticks of the past`;
  if (source.kind === "mt5-bridge" && ticks === "all")
    return "must be a number of days: a bridge reaches back over its last ticks only";
  if (source.kind === "csv" && holdsBars(source)) return "must be left out: the files of its source hold bars";
  return undefined;
}

function checkAccounts({accounts}: CheckedSettings, sources: CheckedSources, file: YamlFile): SettingsProblem[] {
  const ids = new Set<string>();
  const owners = new Map<string, string>();
  return accounts.flatMap(({id, source: sourceName, currency}, i) => {
    const at = (key: string, remedy: string) => locate(["accounts", i, key], remedy, file);
    const problems: SettingsProblem[] = [];
    const twin = owners.get(sourceName);
    if (twin !== undefined)
      problems.push(at("source", `${twin} is the account of ${sourceName} already: name another source`));
    owners.set(sourceName, id);
    if (ids.has(id)) problems.push(at("id", "each account must have an id of its own"));
    ids.add(id);
    const kind = sources[sourceName]?.kind;
    if (!Object.hasOwn(sources, sourceName))
      problems.push(at("source", nameRemedy("source", sourceName, Object.keys(sources))));
    else if (kind !== undefined && !accountKinds.includes(kind))
      problems.push(at("source", `must be a source with accounts: kind ${accountKinds.join(", ")}`));
    if (kind === "kite" && currency !== "INR") problems.push(at("currency", "must be INR, as Kite's accounts are"));
    return problems;
  });
}

function checkAnalyzer({analyzer, instruments}: CheckedSettings, file: YamlFile): SettingsProblem[] {
  const live = instruments.filter((instrument) => instrument.live).map(({id}) => id);
  return (analyzer?.targets ?? []).flatMap((target, i) =>
    (target.instruments ?? []).flatMap((id, j) => {
      if (live.includes(id)) return [];
      const path = ["analyzer", "targets", i, "instruments", j];
      return [locate(path, `must be an instrument that is live: ${live.join(", ") || "none is"}`, file)];
    })
  );
}

/** A tape has a clock of its own, so nothing else may be live beside it. */
function checkTape({instruments}: CheckedSettings, sources: CheckedSources, file: YamlFile): SettingsProblem[] {
  const live = new Set(instruments.filter((instrument) => instrument.live).map(({source}) => source));
  const tape = [...live].find((name) => sources[name]?.kind === "tape");
  if (tape === undefined || live.size === 1) return [];
  return instruments.flatMap(({source, live: isLive}, i) =>
    isLive && source !== tape
      ? [locate(["instruments", i, "live"], `must be false: ${tape} is a tape, which plays alone`, file)]
      : []
  );
}

function nameRemedy(what: string, name: string, names: readonly string[]): string {
  const near = suggest(name, names);
  return near === undefined
    ? `must be the name of a ${what}: ${names.join(", ") || "none is stated"}`
    : `did you mean ${near}?`;
}

function checkCsv(
  name: string,
  source: SourceSettings | undefined,
  settings: CheckedSettings,
  file: YamlFile
): SettingsProblem[] {
  if (source?.kind !== "csv") return [];
  const problems = columnRemedies(source).map((remedy) => locate(["sources", name, "columns"], remedy, file));
  const users = settings.instruments.filter((instrument) => instrument.source === name);
  if (users.length > 1 && !source.files.includes("{symbol}"))
    problems.push(
      locate(["sources", name, "files"], `must have {symbol} in it: ${users.length} instruments use this source`, file)
    );
  const raw = (file.value as {sources?: Record<string, object>}).sources?.[name] ?? {};
  if (Object.hasOwn(raw, "zone") === Object.hasOwn(raw, "clock"))
    problems.push(locate(["sources", name, "zone"], "state one of zone and clock, in which its times are", file));
  return problems;
}

function columnRemedies({columns, header, date}: CsvSettings): string[] {
  const isList = Array.isArray(columns);
  const names: string[] = isList ? columns.filter((column) => column !== "-") : Object.keys(columns);
  const has = (...wanted: string[]) => wanted.every((column) => names.includes(column));
  const remedies: string[] = [];
  if (!isList && !header) remedies.push("must be a list of columns by position where header is false");
  if (new Set(names).size < names.length) remedies.push("must name no column twice");
  if (has("time") === has("timeOfDayMs")) remedies.push("must have one of time and timeOfDayMs");
  if (has("timeOfDayMs") !== (date !== undefined)) remedies.push("timeOfDayMs and a date pattern belong together");
  if (!has("open", "high", "low", "close") && !has("bid", "ask") && !has("price"))
    remedies.push("must have open, high, low and close, or bid and ask, or price");
  return remedies;
}
