import {barClose} from "../../services/domain/bar-close.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {accountSettings, withBars} from "../../services/domain/settings.js";
import {dealsId, positionsId} from "../../services/snapshots/dataset-id.js";
import {encodeCloses} from "../../services/snapshots/encode-closes.js";
import type {CloseSeries} from "../../services/snapshots/read-closes.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readPositions} from "../../services/snapshots/read-positions.js";
import {openStore, type SnapshotStore} from "../../services/snapshots/store.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import {dataDir} from "./data-dir.js";
import {dailyBars} from "./load-chart-bars.js";
import type {Loaded} from "./run-loader.js";

/**
 * Daily closes of every instrument that an account has dealt in or holds and of which bars are kept, each at the
 * moment it could first be known. Taken from daily bars where those are kept, else made of the finest.
 */
export async function loadCloses(account: string): Promise<Loaded> {
  const settings = loadSettings();
  const {id} = accountSettings(settings.site, account);
  const store = openStore(dataDir());
  const wanted = await instrumentsOf(store, id);
  const closes = new Map<InstrumentId, CloseSeries>();
  const inputs = [...settings.files, store.path(dealsId(id)), store.path(positionsId(id))];
  for (const instrument of withBars(settings.site).filter((each) => wanted.has(each.id))) {
    const calendar = settings.site.calendars[instrument.calendar]!;
    const {bars, path} = await dailyBars(store, instrument, settings);
    inputs.push(path);
    const time = bars.time.map((opening) => barClose(opening, "1d", calendar));
    closes.set(instrument.id, {length: bars.length, time, close: bars.close});
  }
  return {content: new Uint8Array(encodeCloses(closes, {id: `closes/${id}`})), inputs};
}

async function instrumentsOf(store: SnapshotStore, account: string): Promise<Set<InstrumentId>> {
  const deals = await readDeals((await store.read(dealsId(account))).bytes);
  const positions = await readPositions((await store.read(positionsId(account))).bytes);
  const dealt = deals.flatMap((deal) => (deal.type === "balance" ? [] : [deal.instrument]));
  return new Set([...dealt, ...positions.map(({instrument}) => instrument)]);
}
