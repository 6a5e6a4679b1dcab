import {join} from "node:path";
import {sessionDigest} from "../../services/analytics/sessions/session-digest.js";
import type {SliceOptions} from "../../services/analytics/sessions/session-slices.js";
import {varianceDigest} from "../../services/analytics/volatility/variance-digest.js";
import {type BarSeries, toBarSeries} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import {barDatasets} from "../../services/domain/dataset.js";
import {instrumentSettings} from "../../services/domain/settings.js";
import {isIntraday, timeframeMs} from "../../services/domain/timeframe.js";
import {barsId} from "../../services/snapshots/dataset-id.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore} from "../../services/snapshots/store.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import {dataDir} from "./data-dir.js";
import {finestKept} from "./load-chart-bars.js";
import type {Loaded} from "./run-loader.js";

/** The sessions of an instrument's finest bars, by its slug, for the study of sessions. */
export function loadSessionDigest(slug: string, settings = loadSettings()): Promise<Loaded> {
  return digested(slug, sessionDigest, settings);
}

/** Their variance, for the study of volatility. */
export function loadVarianceDigest(slug: string, settings = loadSettings()): Promise<Loaded> {
  return digested(slug, varianceDigest, settings);
}

/** A session that had not ended when the source was last asked is under way. Bars of a day or longer hold no sessions. */
async function digested(
  slug: string,
  digest: (bars: BarSeries, calendar: TradingCalendar, options: SliceOptions) => object,
  {site, files}: ReturnType<typeof loadSettings>
): Promise<Loaded> {
  const {id, timeframes, calendar} = instrumentSettings(site, slug);
  const root = dataDir();
  const store = openStore(root);
  const finest = finestKept(id, timeframes);
  const {bytes} = await store.read(barsId(id, finest));
  const bars = isIntraday(finest) ? await readBars(bytes) : toBarSeries([]);
  const asOf = Math.max(...barDatasets(await store.catalog(), id).map(({checkedTime}) => checkedTime));
  const content = JSON.stringify(
    digest(bars, site.calendars[calendar]!, {stepMs: isIntraday(finest) ? timeframeMs(finest) : 1, asOf})
  );
  return {content, inputs: [...files, store.path(barsId(id, finest)), join(root, "catalog.json")]};
}
