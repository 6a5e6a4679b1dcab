import {accountSettings, instrumentSettings} from "../../services/domain/settings.js";
import {isTimeframe} from "../../services/domain/timeframe.js";
import {barsId, ticksId} from "../../services/snapshots/dataset-id.js";
import {openStore} from "../../services/snapshots/store.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import {dataDir} from "./data-dir.js";
import type {Loaded} from "./run-loader.js";

/**
 * The bars of an instrument by its slug, as `EURUSD`, and a timeframe that settings keep, just as the store holds them.
 *
 * @throws {RangeError} if settings have no such instrument, or keep other timeframes of it
 */
export async function loadBars(slug: string, timeframe: string): Promise<Loaded> {
  const {site, files} = loadSettings();
  const {id, timeframes} = instrumentSettings(site, slug);
  if (!isTimeframe(timeframe) || !timeframes.includes(timeframe))
    throw new RangeError(`no ${timeframe} bars of ${id} are kept: settings keep ${timeframes.join(", ") || "none"}`);
  return loadSnapshot(barsId(id, timeframe), files);
}

/**
 * The ticks of an instrument by its slug, just as the store holds them: for SQL, since a page cannot read them itself.
 *
 * @throws {RangeError} if settings have no such instrument, or keep no ticks of it
 */
export async function loadTicks(slug: string, settings = loadSettings()): Promise<Loaded> {
  const {site, ticks, files} = settings;
  const {id} = instrumentSettings(site, slug);
  if (!ticks.some(({instrument}) => instrument === id))
    throw new RangeError(`no ticks of ${id} are kept: add \`ticks: 5\` to it in settings`);
  return loadSnapshot(ticksId(id), files);
}

/**
 * A data set of an account, just as the store holds it.
 *
 * @param toId `dealsId` or `positionsId`
 * @throws {RangeError} if settings have no such account
 */
export async function loadAccountFile(account: string, toId: (account: string) => string): Promise<Loaded> {
  const {site, files} = loadSettings();
  return loadSnapshot(toId(accountSettings(site, account).id), files);
}

async function loadSnapshot(id: string, files: readonly string[]): Promise<Loaded> {
  const store = openStore(dataDir());
  const {bytes} = await store.read(id);
  return {content: new Uint8Array(bytes), inputs: [...files, store.path(id)]};
}
