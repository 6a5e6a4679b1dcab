import type {BarSeries} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {type InstrumentSettings, withBars} from "../../services/domain/settings.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import {barsId, ticksId} from "../../services/snapshots/dataset-id.js";
import {encodeAllBars} from "../../services/snapshots/encode-all-bars.js";
import {joinLarge} from "../../services/snapshots/join-large.js";
import {
  allTicksSchema,
  barsSchema,
  keptBarsSchema,
  type SnapshotSchema,
  ticksSchema
} from "../../services/snapshots/schema.js";
import {openStore} from "../../services/snapshots/store.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import {dataDir} from "./data-dir.js";
import {dailyBars} from "./load-chart-bars.js";
import type {Loaded} from "./run-loader.js";

/** The days of every instrument as one table, which a page can read itself. */
export async function loadAllDays(settings = loadSettings()): Promise<Loaded> {
  const store = openStore(dataDir());
  const parts = new Map<InstrumentId, BarSeries>();
  const inputs = [...settings.files];
  for (const instrument of withBars(settings.site)) {
    const {bars, path} = await dailyBars(store, instrument, settings);
    parts.set(instrument.id, bars);
    inputs.push(path);
  }
  return {content: new Uint8Array(encodeAllBars(parts, {id: "sql/daily"})), inputs};
}

/**
 * Bars of every instrument as one table, just as they are kept: of the finest timeframe of each, or of those between it
 * and the day and beyond, so that with `loadAllDays` no series that is kept is missing, and none is in two tables but a
 * day that is the finest.
 */
export function loadKeptBars(which: "finest" | "coarser", settings = loadSettings()): Promise<Loaded> {
  const wanted = withBars(settings.site).flatMap((instrument) =>
    timeframesOf(instrument, which).map((timeframe) => ({
      id: barsId(instrument.id, timeframe),
      texts: {instrument: instrument.id, timeframe}
    }))
  );
  return loadJoined(wanted, settings.files, {id: `sql/${which}`, schema: keptBarsSchema, from: barsSchema});
}

function timeframesOf({timeframes}: InstrumentSettings, which: "finest" | "coarser"): readonly Timeframe[] {
  return which === "finest" ? timeframes.slice(0, 1) : timeframes.slice(1).filter((timeframe) => timeframe !== "1d");
}

/** How many of an instrument's last ticks the table of them holds at most: some 15 MB. */
const lastTicks = 5_000_000;

/** The last ticks of every instrument of which any are kept, as one table. */
export function loadAllTicks(settings = loadSettings(), lastRows = lastTicks): Promise<Loaded> {
  const shown = new Set(settings.site.instruments.map(({id}) => id));
  const wanted = settings.ticks
    .filter(({instrument}) => shown.has(instrument))
    .map(({instrument}) => ({id: ticksId(instrument), texts: {instrument}}));
  return loadJoined(wanted, settings.files, {id: "sql/ticks", schema: allTicksSchema, from: ticksSchema, lastRows});
}

interface JoinedTable {
  readonly id: string;
  readonly schema: SnapshotSchema;
  readonly from: SnapshotSchema;
  readonly lastRows?: number;
}

async function loadJoined(
  wanted: readonly {readonly id: string; readonly texts: Readonly<Record<string, string>>}[],
  files: readonly string[],
  {schema, ...options}: JoinedTable
): Promise<Loaded> {
  const store = openStore(dataDir());
  const parts = await Promise.all(wanted.map(async ({id, texts}) => ({bytes: (await store.read(id)).bytes, texts})));
  const content = await joinLarge(schema, parts, options);
  return {content: new Uint8Array(content), inputs: [...files, ...wanted.map(({id}) => store.path(id))]};
}
