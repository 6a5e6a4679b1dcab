import type {EpochMs} from "../../services/domain/time.js";
import {SnapshotError} from "../../services/snapshots/snapshot-error.js";
import type {SnapshotWriter, StoredSnapshot} from "../../services/snapshots/store.js";
import type {AccountSource} from "../../services/sources/account-source.js";
import type {BarSource} from "../../services/sources/bar-source.js";
import type {Settings} from "../../services/sources/settings/settings.js";
import type {SymbolSource} from "../../services/sources/symbol-source.js";
import type {TickSource} from "../../services/sources/tick-source.js";

/** A source that was opened, by what it can give. */
export interface OpenedSource {
  readonly kind: string;
  readonly bars?: BarSource;
  readonly ticks?: TickSource;
  readonly account?: AccountSource;
  readonly symbols?: SymbolSource;
  close(): Promise<void>;
}

/** What every pull works with. */
export interface PullContext {
  readonly settings: Settings;
  readonly store: SnapshotWriter;
  readonly now: () => EpochMs;
  readonly loaderVersion: string;
  /** Data sets whose history is to be taken anew, whatever is held. */
  readonly anew: (id: string) => boolean;
  readonly signal: AbortSignal;
}

/** What became of a data set: its first snapshot, more rows, other facts about the same rows, or nothing new. */
export type PullOutcome = "new" | "grown" | "changed" | "same";

/** The result of one pull that went well. */
export interface Pulled {
  readonly outcome: PullOutcome;
  readonly rows: number;
  readonly added: number;
  readonly gaps: number;
  /** Rows that the source said otherwise for the first time. */
  readonly restated: number;
  /** What a person should know: of the data set as a whole, and of this pull. */
  readonly warnings: readonly string[];
}

/**
 * The snapshot that a pull adds to or replaces, or `undefined` where there is none.
 *
 * @throws {SnapshotError} SNAPSHOT_RESTATED if what is held is simulated and what settings ask for is not, or the other
 * way round: joined, nothing would tell the two apart
 */
export async function heldHistory(context: PullContext, id: string): Promise<StoredSnapshot | undefined> {
  const stored = await heldSnapshot(context, id);
  const {simulated} = context.settings.site;
  if (stored === undefined || stored.dataset.simulated === simulated || context.anew(id)) return stored;
  const [has, wants] = stored.dataset.simulated ? ["simulated", "real"] : ["real", "simulated"];
  throw new SnapshotError(
    "SNAPSHOT_RESTATED",
    `what is held is ${has}, what settings ask for is ${wants}; nothing was changed. Keep them apart by TAPEBOOK_DATA_DIR, or take it anew: npm run snapshot -- --anew`
  );
}

/** The snapshot as it stands, or `undefined` where there is none that is whole. */
async function heldSnapshot({store}: PullContext, id: string): Promise<StoredSnapshot | undefined> {
  const {datasets} = await store.catalog();
  return datasets.some((dataset) => dataset.id === id) ? store.read(id) : undefined;
}
