import {mkdir} from "node:fs/promises";
import type {Bar} from "../../domain/bar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {EpochMs} from "../../domain/time.js";
import type {StoreStatus, TopicEvent} from "../../domain/wire.js";
import {lockStore} from "../../snapshots/store-lock.js";
import {tickPayload} from "../../sources/postgres/payloads.js";
import type {BarRow} from "../../sources/postgres/upsert-bars.js";
import {type Environment, resolveReference} from "../../sources/settings/reference.js";
import type {Settings} from "../../sources/settings/settings.js";
import type {SidecarEffects} from "../effects.js";
import {openSignalDatabase, type SignalDatabase} from "../signals/signal-database.js";
import {followedBar} from "../topics/bar-topic.js";
import type {Hub} from "../topics/hub.js";
import {openBarDatabase} from "./bar-database.js";
import {createBarStore} from "./bar-store.js";
import {type Journal, openJournal} from "./journal.js";
import {parseRow} from "./parse-row.js";

/** The sidecar's store, open. */
export interface OpenStore {
  /** Signals, once what the last run left of bars is in the database. */
  readonly signals: SignalDatabase;
  status(): StoreStatus;
  /** Minutes of an instrument that were stored, or left in the journal, with start ≤ time < end; history has the rest. */
  minutes(instrument: InstrumentId, start: EpochMs, end: EpochMs): Promise<Bar[]>;
  /** Stores from now on what the hub says. */
  follow(hub: Hub): void;
  close(): Promise<void>;
}

/** The source in settings that the sidecar stores into, where there is one. */
const STORE_SOURCE = "store";

/** The address of the database to store into; `undefined` where settings name none, its variable is not set, or a tape is played. */
export function storeUrl(settings: Settings, env: Environment): string | undefined {
  const source = settings.sources[STORE_SOURCE];
  const isTape = settings.feeds.some((feed) => settings.sources[feed.source]?.kind === "tape");
  if (source?.kind !== "postgres" || isTape) return undefined;
  const {url} = source;
  if ("env" in url && !env[url.env] && url.default === undefined) return undefined;
  return resolveReference(url, `sources.${STORE_SOURCE}.url`, settings.path, env);
}

/** Instruments that are the sidecar's to store: those that the database itself feeds have their ingester. */
export function storedInstruments(settings: Settings): ReadonlySet<InstrumentId> {
  const own = settings.feeds.filter(({source}) => settings.sources[source]?.kind !== "postgres");
  return new Set(own.flatMap(({listings}) => listings.map(({instrument}) => instrument)));
}

/**
 * Opens the journal in a folder and the store behind it; the database need not be there yet. Bars of a minute and longer
 * are stored, a contract being named as its instrument is; ticks are notified and not stored.
 *
 * @throws {SnapshotError} SNAPSHOT_LOCKED if another sidecar writes that journal; {Error} if the folder cannot be used
 */
export async function openStore(
  {
    url,
    folder,
    instruments
  }: {readonly url: string; readonly folder: string; readonly instruments: ReadonlySet<InstrumentId>},
  effects: SidecarEffects
): Promise<OpenStore> {
  await mkdir(folder, {recursive: true}).catch((error: unknown) => Promise.reject(journalError(folder, error)));
  const lock = await lockStore(folder);
  const journal = await openJournal({folder, parse: parseRow}).catch(async (error: unknown) => {
    await lock.release();
    throw journalError(folder, error);
  });
  const database = openBarDatabase(url, journal.id);
  let isReplayed = false;
  let reached: Promise<boolean> | undefined;
  const onStored = () => {
    isReplayed ||= store.status().waiting === 0;
  };
  const store = createBarStore({journal, database, onStored}, effects);
  const signals = openSignalDatabase(database.pool);

  function assertReplayed(): void {
    if (!isReplayed) throw new Error(store.status().lastError ?? "waiting for the bars that the last run left");
  }

  function take(event: TopicEvent): void {
    if (event.type === "tick") {
      if (instruments.has(event.tick.instrument)) store.tell(tickPayload(event.tick.instrument, event.tick));
      return;
    }
    if (event.type !== "bar" || !event.final) return;
    const {instrument, timeframe} = followedBar(event.topic);
    if (timeframe === "1s" || !instruments.has(instrument)) return;
    store.take({contractId: instrument, timeframe, bar: event.bar, isCorrection: event.corrects !== undefined});
  }

  return {
    signals: {
      ...signals,
      async watermark(key) {
        assertReplayed();
        return signals.watermark(key);
      }
    },
    status: store.status,
    async minutes(instrument, start, end) {
      reached ??= database.ping().then(
        () => true,
        () => false
      );
      const isThere = await reached; // asked once, so that a start does not wait for each instrument in turn
      const stored = isThere ? await database.minutes(instrument, start, end).catch((): Bar[] => []) : [];
      return withJournal(stored, journal, instrument).filter(({time}) => time >= start && time < end);
    },
    follow: (hub) => void hub.listenAll((outgoing) => outgoing.forEach(({event}) => void take(event))),
    async close() {
      await store.stop();
      await database.close();
      await lock.release();
    }
  };
}

function journalError(folder: string, cause: unknown): Error {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new Error(`no journal in ${folder}: ${words}; choose another folder by --journal or SIDECAR_JOURNAL`, {cause});
}

/** Stored bars, and those that the last run could not store any more. */
function withJournal(stored: readonly Bar[], {left}: Journal<BarRow>, instrument: InstrumentId): Bar[] {
  const bars = new Map(stored.map((bar) => [bar.time, bar]));
  for (const {value} of left) {
    const {contractId, timeframe, bar, isCorrection} = value;
    if (contractId !== instrument || timeframe !== "1m") continue;
    if (isCorrection || !bars.has(bar.time)) bars.set(bar.time, bar);
  }
  return [...bars.values()].sort((a, b) => a.time - b.time);
}
