import {join} from "node:path";
import {SnapshotError} from "../../services/snapshots/snapshot-error.js";
import {openStore} from "../../services/snapshots/store.js";
import type {Settings} from "../../services/sources/settings/settings.js";
import type {Loaded} from "./run-loader.js";

/**
 * The catalogue of a store, for pages; an empty one where settings ask for nothing.
 *
 * @throws {SnapshotError} SNAPSHOT_MISSING where nothing was pulled yet of what settings ask for, with what to run
 */
export async function loadCatalog(root: string, {site, files}: Pick<Settings, "site" | "files">): Promise<Loaded> {
  const catalog = await openStore(root).catalog();
  const isNothingAsked = site.instruments.length + site.accounts.length === 0;
  if (catalog.datasets.length === 0 && isNothingAsked) return {content: JSON.stringify(catalog), inputs: files};
  if (catalog.datasets.length === 0)
    throw new SnapshotError("SNAPSHOT_MISSING", `no snapshots in ${root}: run: npm run snapshot`);
  return {content: JSON.stringify(catalog), inputs: [join(root, "catalog.json")]};
}
