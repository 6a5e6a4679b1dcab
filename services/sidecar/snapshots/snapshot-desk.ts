import type {InstrumentId} from "../../domain/instrument.js";
import {textOf} from "../../domain/text-of.js";
import {type EpochMs, MINUTE_MS} from "../../domain/time.js";
import type {SnapshotStatus} from "../../domain/wire.js";
import {openStoreForWriting} from "../../snapshots/store.js";
import type {Settings} from "../../sources/settings/settings.js";
import type {SidecarEffects} from "../effects.js";
import type {Followed} from "../market.js";
import type {Hub} from "../topics/hub.js";
import {writeLiveSnapshot} from "./live-snapshot.js";
import {heldTo, lastClose} from "./session-ends.js";
import {settledMinutes} from "./settled-bars.js";

/** What a snapshot desk is made of. */
export interface SnapshotDeskOptions {
  /** Where the snapshots lie. */
  readonly root: string;
  readonly settings: Settings;
  readonly instruments: readonly Followed[];
  readonly hub: Hub;
  readonly boot: string;
  readonly settledTo: (instrument: InstrumentId) => EpochMs;
}

/** What became of one instrument's snapshot: its rows, or why there is none. */
export interface SnapshotResult {
  readonly instrument: InstrumentId;
  readonly rows?: number;
  readonly error?: string;
}

/** The sidecar's bars as snapshots, on demand and when sessions end. */
export interface SnapshotDesk {
  /** Takes those of all instruments whose minutes are kept, or of some, whether due or not; one job at a time. */
  take(wanted?: readonly InstrumentId[]): Promise<SnapshotResult[]>;
  /** How those stand that were due: what is asked for between is answered to whoever asks. */
  status(): SnapshotStatus;
  stop(): Promise<void>;
}

const CHECK_MS = 30_000;
/** After a session's end its last minute may still be healed. */
const AFTER_CLOSE_MS = 2 * MINUTE_MS;
/** After a failure, as while another job writes to the same folder. */
const RETRY_MS = 2 * MINUTE_MS;

/**
 * Takes a snapshot of an instrument once each of its sessions has ended and all its minutes are settled, and again until
 * it went well. A desk that is opened after the end looks at how far the standing snapshot reaches.
 */
export function openSnapshotDesk(options: SnapshotDeskOptions, effects: SidecarEffects): SnapshotDesk {
  const {root, settings, instruments, hub, boot, settledTo} = options;
  const kept = instruments.filter(({id}) =>
    settings.bars.some(({instrument, timeframe}) => instrument === id && timeframe === "1m")
  );
  /** Up to where each snapshot holds all that was settled; read of the catalogue at first. */
  let taken: Map<InstrumentId, EpochMs> | undefined;
  const errors = new Map<InstrumentId, string>();
  let [takenTime, failures, retryTime] = [null as EpochMs | null, 0, Number.NEGATIVE_INFINITY];
  let job: Promise<SnapshotResult[]> = Promise.resolve([]);
  let looking: Promise<void> | undefined;

  async function takeAll(wanted: readonly Followed[]): Promise<SnapshotResult[]> {
    const store = await openStoreForWriting(root);
    try {
      const results: SnapshotResult[] = [];
      for (const one of wanted) results.push(await takeOne(store, one));
      return results;
    } finally {
      await store.close();
    }
  }

  async function takeOne(
    store: Awaited<ReturnType<typeof openStoreForWriting>>,
    one: Followed
  ): Promise<SnapshotResult> {
    const {id: instrument, calendar, origin} = one;
    try {
      const end = settledTo(instrument);
      const settled = settledMinutes(hub, {instrument, calendar, origin}, end);
      if (!settled) throw new RangeError("no settled minutes yet");
      const {source} = settings.listings.find((listing) => listing.instrument === instrument)!;
      const {currency} = settings.site.instruments.find(({id}) => id === instrument)!;
      const {kind: sourceKind} = settings.sources[source]!;
      const lineage = {instrument, calendar, currency, source, sourceKind, simulated: settings.site.simulated};
      const {rows} = await writeLiveSnapshot(store, settled, {...lineage, boot, now: effects.now()});
      taken?.set(instrument, end);
      takenTime = effects.now();
      errors.delete(instrument);
      return {instrument, rows};
    } catch (error) {
      return {instrument, error: textOf(error)};
    }
  }

  /** Takes them after the job before; where the folder cannot be written to, none is. */
  function run(ones: readonly Followed[]): Promise<SnapshotResult[]> {
    job = job
      .then(() => takeAll(ones))
      .catch((error: unknown) => ones.map(({id: instrument}) => ({instrument, error: textOf(error)})));
    return job;
  }

  function noteFailed(results: readonly SnapshotResult[]): void {
    const failed = results.filter(({error}) => error !== undefined);
    if (failed.length === 0) return;
    for (const {instrument, error} of failed) errors.set(instrument, `snapshot of ${instrument}: ${error}`);
    failures += 1;
    retryTime = effects.now() + RETRY_MS;
  }

  async function takeDue(): Promise<void> {
    const now = effects.now();
    if (now < retryTime) return;
    try {
      taken ??= await heldTo(root);
      const held = taken;
      const due = kept.filter(({id, calendar}) => {
        const close = lastClose(calendar, now - AFTER_CLOSE_MS);
        return close > (held.get(id) ?? Number.NEGATIVE_INFINITY) && settledTo(id) >= close;
      });
      if (due.length > 0) noteFailed(await run(due));
    } catch (error) {
      noteFailed(kept.map(({id: instrument}) => ({instrument, error: textOf(error)}))); // no catalogue to be read
    }
  }

  const stopChecking = effects.every(CHECK_MS, () => {
    looking ??= takeDue().finally(() => {
      looking = undefined;
    });
  });
  return {
    take: (wanted = kept.map(({id}) => id)) => run(kept.filter(({id}) => wanted.includes(id))),
    status: () => ({takenTime, failures, lastError: [...errors.values()].at(-1) ?? null}),
    async stop() {
      stopChecking();
      await looking;
      await job;
    }
  };
}
