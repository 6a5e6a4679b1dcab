// @vitest-environment jsdom
import {beforeEach, expect, it} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {queryChoice} from "../../../components/inputs/query-choice.js";
import {attentionItems} from "../../../components/panels/attention-items.js";
import {barsTable} from "../../../components/panels/bars-table.js";
import {catalogTable, gapTable, restatementTable, warningTable} from "../../../components/panels/catalog-table.js";
import {catalogTiles} from "../../../components/panels/catalog-tiles.js";
import {clockInspector} from "../../../components/panels/clock-inspector.js";
import {coverageCalendar} from "../../../components/panels/coverage-calendar.js";
import {coverageChart} from "../../../components/panels/coverage-chart.js";
import {dayDetail} from "../../../components/panels/day-detail.js";
import {downloadTable} from "../../../components/panels/download-table.js";
import {freshnessTable} from "../../../components/panels/freshness-table.js";
import {marketTiles} from "../../../components/panels/market-tiles.js";
import {moverTable} from "../../../components/panels/mover-table.js";
import {runChangesPanel} from "../../../components/panels/run-changes.js";
import {sessionChart} from "../../../components/panels/session-chart.js";
import {structureTable} from "../../../components/panels/structure-table.js";
import {structureTiles} from "../../../components/panels/structure-tiles.js";
import {trendTable} from "../../../components/panels/trend-table.js";
import {trendTiles} from "../../../components/panels/trend-tiles.js";
import {attentionList} from "../../../components/parts/attention.js";
import {structureBreaks} from "../../../services/analytics/structure/structure-breaks.js";
import {swings} from "../../../services/analytics/structure/swings.js";
import {trendStarts} from "../../../services/analytics/structure/trend-starts/trend-starts.js";
import {createBarSeries} from "../../../services/domain/bar.js";
import type {Catalog} from "../../../services/domain/dataset.js";
import type {InstrumentSettings, SiteSettings} from "../../../services/domain/settings.js";
import {DAY_MS, MINUTE_MS} from "../../../services/domain/time.js";
import {matchesStates, type PanelStates} from "../../support/panel-states.js";
import {sampleBars} from "../sample-bars.js";
import {nse, open, sampleDataset} from "../sample-dataset.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const infy: InstrumentSettings = {
  id: "NSE:INFY",
  name: "Infosys",
  assetClass: "equity",
  currency: "INR",
  tickSize: 0.05,
  contractSize: 1,
  calendar: "nse",
  slug: "INFY",
  timeframes: ["1m", "1d"],
  live: false
};
const settings = {instruments: [infy], calendars: {nse}} as unknown as SiteSettings;
const holed = sampleDataset({
  id: "bars/NSE-TCS/1m",
  gaps: [{start: open + MINUTE_MS, end: open + 3 * MINUTE_MS, missing: 2}],
  restatements: [{time: open, field: "close", was: 1, is: 2, seenAt: open + DAY_MS}],
  offSession: {preOpen: 7, postClose: 1, closedDay: 0},
  warnings: ["2 bars whose range is 40 times the usual"],
  coverage: [{date: "2019-01-02", found: 373, expected: 375}]
});
const stale = sampleDataset({id: "bars/NSE-OLD/1m", checkedTime: open + 10 * DAY_MS});
const catalogOf = (...datasets: Catalog["datasets"]): Catalog => ({version: 1, datasets});
const [empty, usual, optional] = [catalogOf(), catalogOf(sampleDataset()), catalogOf(sampleDataset(), holed, stale)];
const bars = sampleBars(200);
const none = createBarSeries(0);
const table = {format, tickSize: 0.05, currency: "INR", timeframe: "15m", calendar: nse} as const;
const tiles = {bars, timeframe: "15m", calendar: nse, instrument: infy, format} as const;
const events = [...swings(bars), ...structureBreaks(bars)].sort((a, b) => a.knownAt - b.knownAt);
const starts = trendStarts(bars);
const session = (date: string, close: number, closeTime = open) => ({date, closeTime, close, volume: 1});
const moved = {
  instrument: "NSE:INFY",
  sessions: [session("2019-01-01", 100, open - DAY_MS), session("2019-01-02", 101)]
} as const;
const still = {instrument: "NSE:INFY", sessions: []} as const;
const calendarOf = {calendar: nse, year: 2019, format};
const download = {dataset: sampleDataset().id, path: "bars/INFY/base.parquet"};
const clock = {
  source: "mt5-a",
  kind: "mt5-bridge",
  rule: "America/New_York + 7 h",
  changes: [],
  evidence: [
    {dataset: "bars/MT5-EURUSD/1m", weeks: [], note: "too few weeks to tell", rivals: []},
    {
      dataset: "bars/MT5-EURUSD/1d",
      weeks: [],
      fault: "1 row before the open",
      rivals: [{rule: "UTC + 2 h", fits: false}]
    }
  ]
};

beforeEach(() => history.replaceState(null, "", "/data"));

const panels: readonly PanelStates[] = [
  {
    name: "attention",
    states: {usual: () => attentionList(attentionItems(optional, settings, {format})), empty: () => attentionList([])}
  },
  {
    name: "bars-table",
    states: {
      usual: () => barsTable(bars, {instrument: infy, format, calendar: nse, timeframe: "15m"}),
      empty: () => barsTable(none, {instrument: infy, format, calendar: nse})
    }
  },
  {
    name: "catalog-table",
    states: {
      usual: () => catalogTable(usual, format),
      optional: () => catalogTable(optional, format),
      empty: () => catalogTable(empty, format)
    }
  },
  {name: "gap-table", states: {usual: () => gapTable(optional, format), empty: () => gapTable(usual, format)}},
  {
    name: "restatement-table",
    states: {usual: () => restatementTable(optional, format), empty: () => restatementTable(usual, format)}
  },
  {
    name: "warning-table",
    states: {usual: () => warningTable(optional), empty: () => warningTable(usual)}
  },
  {
    name: "catalog-tiles",
    states: {
      usual: () => catalogTiles(usual, format),
      optional: () => catalogTiles(optional, format),
      empty: () => catalogTiles(empty, format)
    }
  },
  {
    name: "clock-inspector",
    states: {
      usual: () => clockInspector([clock], format),
      optional: () =>
        clockInspector(
          [{source: "kite", kind: "kite", reason: "states the offset", changes: [], evidence: []}],
          format
        ),
      empty: () => clockInspector([], format)
    }
  },
  {
    name: "coverage-calendar",
    states: {
      usual: () => coverageCalendar(sampleDataset(), {...calendarOf, choice: queryChoice("day")}),
      optional: () => coverageCalendar(holed, {...calendarOf, choice: queryChoice("day")}),
      empty: () => coverageCalendar(sampleDataset(), {...calendarOf, year: 2017, choice: queryChoice("day")})
    }
  },
  {
    name: "coverage-chart",
    states: {
      usual: () => coverageChart(usual, format),
      optional: () => coverageChart(optional, format),
      empty: () => coverageChart(empty, format)
    }
  },
  {
    name: "day-detail",
    states: {
      usual: () => dayDetail(sampleDataset(), "2019-01-02", {calendar: nse, format}),
      optional: () => dayDetail(holed, "2019-01-02", {calendar: nse, format}),
      empty: () => dayDetail(sampleDataset(), "yesterday", {calendar: nse, format})
    }
  },
  {
    name: "download-table",
    states: {
      usual: () => downloadTable(usual, [download], {format, base: "/loaders/"}),
      empty: () => downloadTable(empty, [], {format, base: "/loaders/"})
    }
  },
  {
    name: "freshness-table",
    states: {
      usual: () => freshnessTable(usual, settings, format),
      optional: () => freshnessTable(optional, settings, format),
      empty: () => freshnessTable(empty, settings, format)
    }
  },
  {
    name: "market-tiles",
    states: {
      usual: () => marketTiles({daily: sampleBars(60), base: sampleDataset(), instrument: infy, calendar: nse, format}),
      optional: () => marketTiles({daily: sampleBars(3), base: holed, instrument: infy, calendar: nse, format}),
      empty: () => marketTiles({daily: none, base: sampleDataset(), instrument: infy, calendar: nse, format})
    }
  },
  {
    name: "mover-table",
    states: {
      usual: () => moverTable([moved], {instruments: [infy], format, base: "./markets/"}),
      optional: () => moverTable([still], {instruments: [infy], format, base: "./markets/"}),
      empty: () => moverTable([], {instruments: [infy], format, base: "./markets/"})
    }
  },
  {
    name: "run-changes",
    states: {
      usual: () => runChangesPanel(usual, format),
      optional: () => runChangesPanel(optional, format),
      empty: () => runChangesPanel(empty, format)
    }
  },
  {
    name: "session-chart",
    states: {
      usual: () => sessionChart(moved, {instrument: infy, all: [moved], datasets: [sampleDataset()], format}),
      empty: () => sessionChart(still, {instrument: infy, all: [moved, still], datasets: [], format})
    }
  },
  {
    name: "structure-table",
    states: {usual: () => structureTable(events, table), empty: () => structureTable([], table)}
  },
  {
    name: "structure-tiles",
    states: {usual: () => structureTiles(events, tiles), empty: () => structureTiles([], {...tiles, bars: none})}
  },
  {
    name: "trend-table",
    states: {
      usual: () => trendTable({events: starts, pending: []}, bars, table),
      optional: () =>
        trendTable({events: starts.slice(-1), pending: [{type: "uptrend_start", time: open, price: 100}]}, bars, table),
      empty: () => trendTable({events: [], pending: []}, none, table)
    }
  },
  {
    name: "trend-tiles",
    states: {
      usual: () => trendTiles(starts, [], tiles),
      optional: () => trendTiles(starts, [{type: "uptrend_start", time: open, price: 100}], tiles),
      empty: () => trendTiles([], [], {...tiles, bars: none})
    }
  }
];

it.each(panels)("$name says what its file says, in every state", async (panel) => {
  await matchesStates(panel);
  expect(Object.keys(panel.states)).toContain("empty");
});
