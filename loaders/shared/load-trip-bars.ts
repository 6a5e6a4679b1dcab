import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {tripRows, tripTimeframe} from "../../services/analytics/performance/trip-bars.js";
import {type BarSeries, barColumns, createBarSeries} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import {barDatasets} from "../../services/domain/dataset.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {accountSettings, type InstrumentSettings} from "../../services/domain/settings.js";
import {isIntraday, type Timeframe} from "../../services/domain/timeframe.js";
import {barsId, dealsId} from "../../services/snapshots/dataset-id.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {openStore, type SnapshotStore} from "../../services/snapshots/store.js";
import {encodeTripBars, type TripBars} from "../../services/snapshots/trip-bars.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import {dataDir} from "./data-dir.js";
import type {Loaded} from "./run-loader.js";

/** Bars around every round trip of an account, each trip in the timeframe that shows it best: for the chart of a trip. */
export async function loadTripBars(account: string, settings = loadSettings()): Promise<Loaded> {
  const {id} = accountSettings(settings.site, account);
  const store = openStore(dataDir());
  const {trips} = roundTrips(await readDeals((await store.read(dealsId(id))).bytes));
  const catalog = await store.catalog();
  const inputs = [...settings.files, store.path(dealsId(id))];
  const parts: TripBars[] = [];
  for (const instrument of settings.site.instruments) {
    const own = trips.filter((trip) => trip.instrument === instrument.id);
    const calendar = settings.site.calendars[instrument.calendar]!;
    const kept = barDatasets(catalog, instrument.id).flatMap(({timeframe, ...dataset}) =>
      timeframe === undefined ? [] : [{...dataset, timeframe}]
    );
    const groups = new Map<Timeframe, {from: Timeframe; trips: RoundTrip[]}>();
    for (const trip of own) {
      const found = tripTimeframe(trip, kept, calendar);
      if (found.timeframe === undefined) continue;
      const group = groups.get(found.timeframe) ?? {from: found.from, trips: []};
      group.trips.push(trip);
      groups.set(found.timeframe, group);
    }
    parts.push(...(await partsOf(store, instrument, calendar, groups)));
    inputs.push(...kept.map(({timeframe}) => store.path(barsId(instrument.id, timeframe))));
  }
  return {content: new Uint8Array(encodeTripBars(parts, {id: `trip-bars/${id}`})), inputs};
}

async function partsOf(
  store: SnapshotStore,
  {id}: InstrumentSettings,
  calendar: TradingCalendar,
  groups: ReadonlyMap<Timeframe, {from: Timeframe; trips: readonly RoundTrip[]}>
): Promise<TripBars[]> {
  const held = new Map<Timeframe, BarSeries>();
  const parts: TripBars[] = [];
  for (const [timeframe, {from, trips}] of groups) {
    const base = held.get(from) ?? (await readBars((await store.read(barsId(id, from))).bytes));
    held.set(from, base);
    const bars = timeframe === from || !isIntraday(timeframe) ? base : resampleBars(base, timeframe, calendar);
    parts.push({instrument: id, timeframe, bars: barsAround(bars, trips)});
  }
  return parts;
}

/** The rows around any of the trips, each once. */
function barsAround(bars: BarSeries, trips: readonly RoundTrip[]): BarSeries {
  const isWanted = new Uint8Array(bars.length);
  for (const trip of trips) {
    const {first, end} = tripRows(bars.time, trip);
    isWanted.fill(1, first, end);
  }
  const rows = Array.from({length: bars.length}, (_, i) => i).filter((i) => isWanted[i] === 1);
  const series = createBarSeries(rows.length);
  for (const name of barColumns) series[name].set(rows.map((row) => bars[name][row]!));
  return series;
}
