import {type BarSeries, sliceBars} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {lastSessionRow} from "../../services/domain/last-session.js";
import {barsId} from "../../services/snapshots/dataset-id.js";
import {encodeAllBars} from "../../services/snapshots/encode-all-bars.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore} from "../../services/snapshots/store.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import {dataDir} from "./data-dir.js";
import type {Loaded} from "./run-loader.js";

/** Minute bars of every live instrument's last session, and the bar before it: what the Live page begins with. */
export async function loadLiveBars(settings = loadSettings()): Promise<Loaded> {
  const store = openStore(dataDir());
  const parts = new Map<InstrumentId, BarSeries>();
  const inputs = [...settings.files];
  for (const {id, live, timeframes, calendar} of settings.site.instruments) {
    if (!live || !timeframes.includes("1m")) continue;
    const dataset = barsId(id, "1m");
    const bars = await readBars((await store.read(dataset)).bytes);
    const first = lastSessionRow(bars, settings.site.calendars[calendar]!);
    parts.set(id, sliceBars(bars, Math.max(0, first - 1)));
    inputs.push(store.path(dataset));
  }
  return {content: new Uint8Array(encodeAllBars(parts, {id: "live/1m"})), inputs};
}
