import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {type BarSeries, sliceBars} from "../../services/domain/bar.js";
import {sessionsBetween, type TradingCalendar} from "../../services/domain/calendar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {DAY_MS} from "../../services/domain/time.js";
import {barsId} from "../../services/snapshots/dataset-id.js";
import {encodeAllBars} from "../../services/snapshots/encode-all-bars.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore} from "../../services/snapshots/store.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import {dataDir} from "./data-dir.js";
import type {Loaded} from "./run-loader.js";

const SESSIONS = 20;

/**
 * Bars of 15 minutes of every live instrument's twenty sessions before the last: what long timeframes of the Live page
 * stand on, before the minutes that `loadLiveBars` gives.
 */
export async function loadLiveContext(settings = loadSettings()): Promise<Loaded> {
  const store = openStore(dataDir());
  const parts = new Map<InstrumentId, BarSeries>();
  const inputs = [...settings.files];
  for (const {id, live, timeframes, calendar: name} of settings.site.instruments) {
    if (!live || !timeframes.includes("1m")) continue;
    const dataset = barsId(id, "1m");
    const calendar = settings.site.calendars[name]!;
    const minutes = await readBars((await store.read(dataset)).bytes);
    const {lastIsPartial: _, offSession: __, ...bars} = resampleBars(before(minutes, calendar), "15m", calendar);
    parts.set(id, bars);
    inputs.push(store.path(dataset));
  }
  return {content: new Uint8Array(encodeAllBars(parts, {id: "live/15m"})), inputs};
}

function before(bars: BarSeries, calendar: TradingCalendar): BarSeries {
  const last = bars.time.at(-1);
  if (last === undefined) return bars;
  const sessions = sessionsBetween(calendar, last - 3 * SESSIONS * DAY_MS, last + 1).slice(-SESSIONS - 1);
  const rowOf = (time: number) => bars.time.findIndex((one) => one >= time);
  return sliceBars(
    bars,
    Math.max(0, rowOf(sessions[0]?.open ?? last)),
    Math.max(0, rowOf(sessions.at(-1)?.open ?? last))
  );
}
