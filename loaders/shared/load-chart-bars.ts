import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {wholeBars} from "../../services/analytics/bars/resampled-bars.js";
import type {BarSeries} from "../../services/domain/bar.js";
import {type InstrumentSettings, instrumentSettings} from "../../services/domain/settings.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import {barsId} from "../../services/snapshots/dataset-id.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore, type SnapshotStore} from "../../services/snapshots/store.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import type {Settings} from "../../services/sources/settings/settings.js";
import {dataDir} from "./data-dir.js";
import type {Loaded} from "./run-loader.js";

/** The finest bars that are kept of an instrument, by its slug, just as the store holds them. */
export async function loadFinestBars(slug: string, settings = loadSettings()): Promise<Loaded> {
  const {id, timeframes} = instrumentSettings(settings.site, slug);
  return stored(openStore(dataDir()), barsId(id, finestKept(id, timeframes)), settings.files);
}

async function stored(store: SnapshotStore, id: string, files: readonly string[]): Promise<Loaded> {
  return {content: new Uint8Array((await store.read(id)).bytes), inputs: [...files, store.path(id)]};
}

/** Daily bars of an instrument, by its slug: those that are kept, else made of the finest. */
export async function loadDailyBars(slug: string, settings = loadSettings()): Promise<Loaded> {
  const instrument = instrumentSettings(settings.site, slug);
  const store = openStore(dataDir());
  if (instrument.timeframes.includes("1d")) return stored(store, barsId(instrument.id, "1d"), settings.files);
  const {bars, path} = await dailyBars(store, instrument, settings);
  const content = encodeBars(bars, {id: barsId(instrument.id, "1d"), currency: instrument.currency});
  return {content: new Uint8Array(content), inputs: [...settings.files, path]};
}

/** The finest bars that settings keep of an instrument. @throws {RangeError} if they keep none */
export function finestKept(id: string, timeframes: readonly Timeframe[]): Timeframe {
  const [finest] = timeframes;
  if (finest === undefined)
    throw new RangeError(`no bars of ${id} are kept: add \`timeframes: {1d: 730}\` to it in settings`);
  return finest;
}

/** An instrument's daily bars, whole sessions only, and the file they are from. */
export async function dailyBars(
  store: SnapshotStore,
  {id, timeframes, calendar}: InstrumentSettings,
  {site}: Settings
): Promise<{bars: BarSeries; path: string}> {
  const timeframe = timeframes.includes("1d") ? "1d" : finestKept(id, timeframes);
  const held = await readBars((await store.read(barsId(id, timeframe))).bytes);
  const path = store.path(barsId(id, timeframe));
  if (timeframe === "1d") return {bars: held, path};
  return {bars: wholeBars(resampleBars(held, "1d", site.calendars[calendar]!)), path};
}
