import {join} from "node:path";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {ClockEvidence, ClockReport, Inspection} from "../../services/domain/clock-report.js";
import type {Catalog, Dataset} from "../../services/domain/dataset.js";
import {isIntraday, timeframeMs} from "../../services/domain/timeframe.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {openStore, type SnapshotStore} from "../../services/snapshots/store.js";
import {formatClock} from "../../services/sources/mt5/clock.js";
import {clockChanges, clockEvidence, dealClockEvidence} from "../../services/sources/mt5/inspect-clock.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import type {Settings} from "../../services/sources/settings/settings.js";
import {dataDir} from "./data-dir.js";
import {downloadsOf} from "./downloads.js";
import {narrowCatalog} from "./for-audience.js";
import type {Loaded} from "./run-loader.js";

/** What the Data page shows beside the catalogue: every source's clock, held against its data, and the files to take. */
export async function loadInspection(settings = loadSettings()): Promise<Loaded> {
  const root = dataDir();
  const store = openStore(root);
  const catalog = narrowCatalog(await store.catalog(), settings);
  const names = [...new Set(catalog.datasets.map(({source}) => source))].sort();
  const clocks: ClockReport[] = [];
  for (const name of names) clocks.push(await clockOf(name, catalog, store, settings));
  const held = new Set(catalog.datasets.map(({id}) => id));
  const inspection: Inspection = {clocks, downloads: downloadsOf(settings).filter(({dataset}) => held.has(dataset))};
  return {content: JSON.stringify(inspection), inputs: [settings.path, join(root, "catalog.json")]};
}

async function clockOf(name: string, catalog: Catalog, store: SnapshotStore, settings: Settings): Promise<ClockReport> {
  const source = settings.sources[name];
  const own = catalog.datasets.filter((dataset) => dataset.source === name);
  const kind = source?.kind ?? own[0]?.sourceKind ?? "unknown";
  const bare = {source: name, kind, changes: [], evidence: []};
  if (source === undefined) return {...bare, reason: "it is no longer in the settings"};
  if (!("clock" in source)) return {...bare, reason: reasons[source.kind]};
  const {clock} = source;
  const ends = own.flatMap(({firstTime, lastTime}) => [firstTime, lastTime]).filter((time) => time !== null);
  const changes = ends.length === 0 ? [] : clockChanges(clock, Math.min(...ends), Math.max(...ends));
  const evidence: ClockEvidence[] = [];
  for (const dataset of own) {
    const rows = await rowsOf(dataset, store, settings);
    if (rows) evidence.push(clockEvidence(clock, rows));
    if (dataset.kind === "deals") {
      const deals = await readDeals((await store.read(dataset.id)).bytes);
      evidence.push(dealClockEvidence(clock, dataset.id, deals, (id) => calendarOf(id, settings)));
    }
  }
  return {source: name, kind, rule: formatClock(clock), changes, evidence};
}

const reasons = {
  kite: "each time it states bears its own offset from UTC",
  postgres: "its times are moments (timestamptz) and no wall clock",
  tape: "each line states its moment with its zone"
} as const;

function calendarOf(instrument: string | undefined, {site}: Settings): TradingCalendar | undefined {
  return site.calendars[site.instruments.find(({id}) => id === instrument)?.calendar ?? ""];
}

async function rowsOf({id, kind, instrument, timeframe}: Dataset, store: SnapshotStore, settings: Settings) {
  const calendar = calendarOf(instrument, settings);
  if (kind !== "bars" || timeframe === undefined || calendar === undefined || !isIntraday(timeframe)) return undefined;
  const {time} = await readBars((await store.read(id)).bytes);
  return {dataset: id, times: time, rowMs: timeframeMs(timeframe), calendar};
}
