import {ticksToBars} from "../analytics/bars/ticks-to-bars.js";
import {defaultSourceEffects} from "../sources/effects.js";
import {openFeeds} from "../sources/open-feeds.js";
import {openSource} from "../sources/open-source.js";
import type {Environment} from "../sources/settings/reference.js";
import type {Settings} from "../sources/settings/settings.js";
import {type SidecarEffects, sleepOn} from "./effects.js";
import {followLive, withKnown} from "./follow.js";
import {createHistory} from "./history.js";
import type {Limits} from "./limits.js";
import {type Market, openMarket} from "./market.js";
import {openSignalDesk} from "./signals/signal-desk.js";
import {openSnapshotDesk, type SnapshotDesk} from "./snapshots/snapshot-desk.js";
import {openStore, storedInstruments, storeUrl} from "./store/open-store.js";
import {createHub, type Hub} from "./topics/hub.js";
import type {Health} from "./watch/observe.js";

/** What an engine is made of. */
export interface EngineOptions {
  readonly settings: Settings;
  readonly journalFolder: string;
  /** Where live snapshots are put; none are taken without it. */
  readonly snapshotFolder?: string | undefined;
  /** Tells this run of the sidecar from any other. */
  readonly boot: string;
  readonly limits: Limits;
  /** Reads the environment anew. */
  readonly environment: () => Environment;
}

/** Everything behind the topics, running: feeds, bars, signals and the store. */
export interface Engine {
  readonly hub: Hub;
  health(): Health;
  /** Absent where no snapshots are taken. */
  readonly snapshots?: SnapshotDesk;
  stop(): Promise<void>;
}

/**
 * Opens the feeds, bars, signals and store that settings name.
 *
 * @throws {SettingsError} naming every environment variable that is needed and not set
 */
export async function openEngine(options: EngineOptions, effects: SidecarEffects): Promise<Engine> {
  const {settings, journalFolder: folder, snapshotFolder: root, boot, limits, environment} = options;
  const sourceEffects = {
    ...{...defaultSourceEffects, now: effects.now, sleep: sleepOn(effects), ticksToBars},
    get env() {
      return environment();
    }
  };
  const names = [...new Set(settings.feeds.map(({source}) => source))];
  const histories = new Map(
    names.map((name) => [name, createHistory(name, () => openSource(name, settings, sourceEffects))])
  );
  const feeds = openFeeds(settings, sourceEffects);
  const hub = createHub();
  const url = storeUrl(settings, sourceEffects.env);
  const instrumentsToStore = storedInstruments(settings);
  const store =
    url === undefined ? undefined : await openStore({url, folder, instruments: instrumentsToStore}, effects);
  const followed = followLive(settings, (source) => histories.get(source)!, effects.now());
  const instruments = store ? await withKnown(followed, store.minutes, effects.now()) : followed;
  const {id: analyzer = "", targets = []} = settings.analyzer ?? {};
  const settledTo: Market["settledTo"] = (instrument) => market.settledTo(instrument);
  const signals = openSignalDesk(
    {analyzer, targets, instruments, hub, settledTo, signalsKept: limits.signalsKept, database: store?.signals},
    effects
  );
  const snapshots =
    root === undefined ? undefined : openSnapshotDesk({root, settings, instruments, hub, boot, settledTo}, effects);
  const beside = {
    store: store?.status,
    snapshots: snapshots?.status,
    signals: targets.length > 0 ? signals.status : undefined
  };
  const market = openMarket({feeds, instruments, hub, limits, ...beside}, effects);
  store?.follow(hub);
  return {
    hub,
    health: () => ({
      feeds: market.status(),
      ...(beside.store ? {store: beside.store()} : {}),
      ...(beside.snapshots ? {snapshots: beside.snapshots()} : {}),
      ...(beside.signals ? {signals: beside.signals()} : {})
    }),
    ...(snapshots ? {snapshots} : {}),
    async stop() {
      await snapshots?.stop();
      await Promise.all([market.stop(), ...[...histories.values()].map((history) => history.close())]);
      await signals.stop();
      await store?.close();
    }
  };
}
