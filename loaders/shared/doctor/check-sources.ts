import pLimit from "p-limit";
import {SourceError, type SourceErrorCode} from "../../../services/domain/source-error.js";
import {DAY_MS, type EpochMs, formatIso, MINUTE_MS} from "../../../services/domain/time.js";
import {timeframeMs} from "../../../services/domain/timeframe.js";
import type {BarSource} from "../../../services/sources/bar-source.js";
import type {BarsSettings, Settings} from "../../../services/sources/settings/settings.js";
import {SettingsError} from "../../../services/sources/settings/settings-error.js";
import {asNotice} from "../commit.js";
import type {OpenedSource} from "../pull.js";
import {formatCount, messageOf} from "../report.js";
import {problemsOf} from "./check-settings.js";
import {checkSymbols} from "./check-symbols.js";
import type {Finding} from "./finding.js";

const patienceMs = 20_000;
/** Long enough to hold a day of trade whatever the weekday. */
const probeMs = 5 * DAY_MS;
const tickProbeMs = 10 * MINUTE_MS;
/** Series of one source that are asked for at once. */
const probesAtOnce = 3;
const area = "sources";

const remedies: Partial<Record<SourceErrorCode, string>> = {
  SOURCE_UNAVAILABLE: "see that it runs, and that its address in settings or the environment is right",
  SOURCE_UNAUTHORIZED: "renew the token or login that settings name for it",
  SOURCE_CLOCK: "correct its clock in settings; the message says which rule would fit",
  SOURCE_REFUSED: "see that the symbols and timeframes in settings are those it has",
  SOURCE_BAD_DATA: "see what the message names; if the file or reply is right, this program is wrong: report it",
  SOURCE_SHORT_RANGE: "ask for fewer days of history, or lift the limit at the source"
};

/** What the check of sources touches. */
export interface SourceCheckEffects {
  readonly now: () => EpochMs;
  readonly elapsed: () => number;
  open(name: string, settings: Settings): Promise<OpenedSource> | OpenedSource;
}

/**
 * Opens every source that settings use, asks each for a little of every instrument, and looks at its clock: credentials,
 * reach, symbols, shape and time, all sources at once.
 */
export async function checkSources(settings: Settings, effects: SourceCheckEffects): Promise<Finding[]> {
  const {bars, ticks, accounts, sources} = settings;
  const used = new Set([...bars, ...ticks, ...accounts].map(({source}) => source));
  const idle = Object.keys(sources).filter((name) => !used.has(name));
  const found = await Promise.all([...used].map((name) => checkSource(name, settings, effects)));
  const unused = idle.map(
    (name): Finding => ({area, severity: "note", what: `${name} is in settings, and nothing is taken from it`})
  );
  return [...found.flat(), ...unused];
}

async function checkSource(name: string, settings: Settings, effects: SourceCheckEffects): Promise<Finding[]> {
  const start = effects.elapsed();
  let source: OpenedSource | undefined;
  try {
    source = await effects.open(name, settings);
    const bars = await probeBars(source, name, settings, effects);
    const signal = AbortSignal.timeout(patienceMs);
    const findings = [
      ...bars,
      ...(await probeTicks(source, name, settings, effects, signal)),
      ...(await probeAccount(source, name, settings, signal)),
      ...(await checkSymbols(source.symbols, name, settings, signal))
    ];
    const took = ((effects.elapsed() - start) / 1000).toFixed(1);
    return findings.length > 0
      ? findings
      : [{area, severity: "ok", what: `${name} (${source.kind}) answers in ${took} s`}];
  } catch (error) {
    return toFindings(name, error);
  } finally {
    await source?.close().catch(() => undefined);
  }
}

async function probeBars(
  {bars: source}: OpenedSource,
  name: string,
  {bars}: Settings,
  {now}: SourceCheckEffects
): Promise<Finding[]> {
  const [first, ...others] = finestOf(name, bars);
  if (source === undefined || first === undefined) return [];
  const limit = pLimit(probesAtOnce);
  const probe = (wanted: BarsSettings) => probeSeries(source, name, wanted, now);
  const found = await probe(first); // a source that does not answer at all is told once
  const more = others.map((wanted) => limit(() => probe(wanted).catch((error: unknown) => toFindings(name, error))));
  const all = [...found, ...(await Promise.all(more)).flat()];
  return [...new Map(all.map((finding) => [finding.what, finding])).values()];
}

/** The finest series of each instrument of a source. */
function finestOf(name: string, bars: readonly BarsSettings[]): BarsSettings[] {
  const own = bars.filter(({source}) => source === name);
  return own.filter(({instrument}, i) => own.findIndex((each) => each.instrument === instrument) === i);
}

async function probeSeries(
  source: BarSource,
  name: string,
  wanted: BarsSettings,
  now: () => EpochMs
): Promise<Finding[]> {
  const end = now();
  const start = wanted.historyDays === "all" ? 0 : end - Math.max(probeMs, 10 * timeframeMs(wanted.timeframe));
  const {symbol, timeframe, instrument} = wanted;
  const answer = await source.bars({instrument, symbol, timeframe, start, end}, AbortSignal.timeout(patienceMs));
  const last = answer.bars.time.at(-1);
  if (last === undefined) return [noBars(name, wanted, start)];
  const notes = answer.warnings.map(
    (what): Finding => ({
      area,
      severity: "note",
      what: `${name}: ${symbol}: ${what}`,
      notice: asNotice(what)
    })
  );
  return last > end + MINUTE_MS ? [ahead(name, wanted, last - end), ...notes] : notes;
}

function noBars(name: string, {symbol, timeframe}: BarsSettings, start: EpochMs): Finding {
  const what = `${name} has no ${timeframe} bars of ${symbol} since ${formatIso(start).slice(0, 10)}`;
  return {area, severity: "warning", what, remedy: "see that the symbol in settings is the source's own name for it"};
}

function ahead(name: string, {symbol}: BarsSettings, aheadMs: number): Finding {
  const what = `${name}: the last bar of ${symbol} lies ${formatCount(Math.round(aheadMs / MINUTE_MS))} minutes in the future`;
  return {area, severity: "error", what, remedy: "correct its clock in settings, or the clock of this machine"};
}

async function probeTicks(
  {ticks: source}: OpenedSource,
  name: string,
  {ticks}: Settings,
  {now}: SourceCheckEffects,
  signal: AbortSignal
): Promise<Finding[]> {
  const wanted = ticks.find((each) => each.source === name);
  if (wanted === undefined) return [];
  const {instrument, symbol} = wanted;
  if (source === undefined) {
    const what = `${name} has no ticks of the past, but those of ${symbol} are taken from it`;
    return [{area, severity: "error", what, remedy: "leave `ticks` of the instrument out of settings"}];
  }
  const end = now();
  await source.ticks({instrument, symbol, start: end - tickProbeMs, end, allowShort: true}, signal);
  return [];
}

async function probeAccount(
  {account}: OpenedSource,
  name: string,
  {accounts}: Settings,
  signal: AbortSignal
): Promise<Finding[]> {
  const wanted = accounts.find(({source}) => source === name);
  if (wanted === undefined) return [];
  if (account === undefined)
    return [
      {
        area,
        severity: "error",
        what: `${name} has no accounts, but ${wanted.id} is taken from it`,
        remedy: "name another source for it in settings"
      }
    ];
  await account.state(signal);
  return [];
}

function toFindings(name: string, error: unknown): Finding[] {
  if (error instanceof SettingsError) return problemsOf(error, area);
  if (error instanceof SourceError) {
    // A message that says after a semicolon what would do needs no more.
    const remedy = error.message.includes("; ") ? undefined : remedies[error.code];
    return [{area, severity: "error", what: `${name}: ${messageOf(error)}`, ...(remedy === undefined ? {} : {remedy})}];
  }
  const isSlow = error instanceof Error && error.name === "TimeoutError";
  const what = isSlow ? `${name} did not answer within ${patienceMs / 1000} s` : `${name}: ${messageOf(error)}`;
  return [{area, severity: "error", what, ...(isSlow ? {remedy: remedies.SOURCE_UNAVAILABLE!} : {})}];
}
