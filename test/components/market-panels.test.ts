// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {firstTimeframe, timeframeOptions} from "../../components/inputs/timeframe-options.js";
import {attentionItems} from "../../components/panels/attention-items.js";
import {barsTable} from "../../components/panels/bars-table.js";
import {catalogTable, gapTable, restatementTable} from "../../components/panels/catalog-table.js";
import {catalogTiles} from "../../components/panels/catalog-tiles.js";
import {coverageChart} from "../../components/panels/coverage-chart.js";
import {freshnessTable} from "../../components/panels/freshness-table.js";
import {marketTiles} from "../../components/panels/market-tiles.js";
import {moverTable, moverWords} from "../../components/panels/mover-table.js";
import {structureTable, toMark} from "../../components/panels/structure-table.js";
import {createBarSeries, sliceBars} from "../../services/domain/bar.js";
import type {Catalog} from "../../services/domain/dataset.js";
import type {InstrumentSettings, SiteSettings} from "../../services/domain/settings.js";
import {DAY_MS, MINUTE_MS} from "../../services/domain/time.js";
import {sampleBars} from "./sample-bars.js";
import {nse, open, sampleDataset} from "./sample-dataset.js";
import {values, words} from "./words.js";

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
const catalogOf = (...datasets: Catalog["datasets"]): Catalog => ({version: 1, datasets});

describe("timeframes of a page", () => {
  it("are those that can be made from the finest kept", () => {
    expect(timeframeOptions("15m").map(({value}) => value)).toEqual(["15m", "30m", "1h", "4h", "1d", "1w", "1mo"]);
    expect(timeframeOptions("1d").map(({value}) => value)).toEqual(["1d", "1w", "1mo"]);
  });

  it("begin with days where there are sixty, else with the longest of which there are", () => {
    expect(firstTimeframe("1m", [sampleDataset({timeframe: "1d", rows: 700, coverage: []})])).toBe("1d");
    expect(firstTimeframe("1m", [sampleDataset()])).toBe("5m");
    expect(firstTimeframe("1d", [])).toBe("1d");
  });
});

describe("marketTiles", () => {
  const common = {instrument: infy, calendar: nse, format};

  it("counts the bars kept, those within sessions, and names the others", () => {
    const offSession = {preOpen: 7, postClose: 1, closedDay: 0};
    const base = sampleDataset({rows: 383, offSession});
    const tiles = marketTiles({...common, base, daily: sampleBars(60)});
    expect(words(tiles)).toContain("Bars kept 383 1m, 1 session");
    expect(words(tiles)).toContain(
      "Bars within sessions 375 375 of 375 expected, 100.00 % off session: 7 before the open, 1 after the close"
    );
    expect(values(tiles)).toContain("375");
  });

  it("gives the reason where a range has not warmed up, and stands without a day", () => {
    const text = words(marketTiles({...common, base: sampleDataset(), daily: sliceBars(sampleBars(60), 0, 5)}));
    expect(text).toContain("Average true range – needs 14 sessions; 5 kept");
    expect(words(marketTiles({...common, base: sampleDataset(), daily: createBarSeries(0)}))).toBe(
      "Bars kept 375 1m, 1 session"
    );
  });
});

describe("barsTable", () => {
  it("names the rows outside a session, latest first", () => {
    const bars = createBarSeries(2);
    bars.time.set([open - 8 * MINUTE_MS, open]);
    for (const name of ["open", "high", "low", "close"] as const) bars[name].fill(1642.5);
    const rows = [...barsTable(bars, {instrument: infy, format, calendar: nse}).querySelectorAll("tbody tr")].map(
      words
    );
    expect(rows).toEqual([
      "2 Jan 2019, 09:15 1 642.50 1 642.50 1 642.50 1 642.50 0 2 Jan 2019",
      "2 Jan 2019, 09:07 1 642.50 1 642.50 1 642.50 1 642.50 0 outside"
    ]);
  });

  it("names days by their session, whatever the zone shown", () => {
    const newYork = createFormats({zone: "America/New_York", locale: "en-GB"});
    const table = barsTable(sliceBars(sampleBars(1), 0), {
      instrument: infy,
      format: newYork,
      calendar: nse,
      timeframe: "1d"
    });
    expect(words(table.querySelector("tbody th")!)).toBe("2 Jan 2019");
  });
});

describe("the catalogue", () => {
  const gap = {start: open + MINUTE_MS, end: open + 3 * MINUTE_MS, missing: 2};
  const restatement = {time: open, field: "close", was: 1, is: 2, seenAt: open + DAY_MS};
  const holed = sampleDataset({
    id: "bars/NSE-TCS/1m",
    gaps: [gap],
    restatements: [restatement],
    coverage: [{date: "2019-01-02", found: 373, expected: 375}]
  });
  const catalog = catalogOf(sampleDataset(), holed);

  it("lists every data set with what is known to be wrong with it", () => {
    const rows = [...catalogTable(catalog, format).querySelectorAll("tbody tr")].map(words);
    expect(rows[0]).toContain("bars/NSE-INFY/1m kite (kite) 375");
    expect(rows[1]).toContain("99.47 % 1 2 none 1");
    expect(words(gapTable(catalog, format))).toContain("bars/NSE-TCS/1m 2 2 Jan 2019, 09:16 2 Jan 2019, 09:18");
    expect(words(restatementTable(catalog, format))).toContain("close 1 2");
    expect(words(catalogTiles(catalog, format))).toContain("Bars there of those expected 99.733 %");
  });

  it("draws coverage and says how many sessions are incomplete", () => {
    expect(words(coverageChart(catalog, format))).toContain("1 of 2 sessions is incomplete");
    expect(words(coverageChart(catalogOf(sampleDataset()), format))).toContain("Every session is whole");
  });

  it("stands empty, and says what would fill it", () => {
    const empty = catalogOf();
    expect(words(catalogTable(empty, format))).toContain("npm run snapshot");
    expect(words(gapTable(empty, format))).toContain("Every bar that the calendars expect is there.");
    expect(words(coverageChart(empty, format))).toContain("No intraday bars are kept.");
    expect(words(catalogTiles(empty, format))).not.toMatch(/NaN|undefined/);
  });

  it("asks for attention, a line a data set, and only for what is so", () => {
    const stale = sampleDataset({id: "bars/NSE-OLD/1m", checkedTime: open + 10 * DAY_MS});
    const items = attentionItems(catalogOf(sampleDataset(), holed, stale), settings, {format});
    expect(items.map(({severity, subject}) => [severity, subject])).toEqual([
      ["caution", "bars/NSE-TCS/1m"],
      ["note", "bars/NSE-TCS/1m"],
      ["breach", "bars/NSE-OLD/1m"]
    ]);
    expect(words(freshnessTable(catalogOf(sampleDataset(), stale), settings, format))).toMatch(
      /bars\/NSE-OLD\/1m stale, \d sessions missing/
    );
  });
});

describe("moverTable", () => {
  const session = (date: string, close: number) => ({date, closeTime: open, close, volume: 1});

  it("puts the widest move first and measures it from the session before", () => {
    const tcs = {...infy, id: "NSE:TCS", name: "TCS", slug: "TCS"} as InstrumentSettings;
    const today = [
      {instrument: "NSE:INFY", sessions: [session("2019-01-01", 100), session("2019-01-02", 101)]},
      {instrument: "NSE:TCS", sessions: [session("2019-01-01", 100), session("2019-01-02", 97)]}
    ] as const;
    const table = moverTable(today, {instruments: [infy, tcs], format, base: "./markets/"});
    const rows = [...table.querySelectorAll("tbody tr")];
    expect(rows.map(words)[0]).toBe("TCS −3.00 % 97.00 INR −3.00 % NSE:TCS 1 Jan → 2 Jan 2019");
    expect(moverWords(today, {instruments: [infy, tcs], format})).toBe(
      "TCS fell most, 3.00\u202f% from the close of 1 Jan 2019 to that of 2 Jan 2019; of 2 instruments 1 rose and 1 fell."
    );
    expect(rows[0]!.querySelector("a")!.getAttribute("href")).toBe("./markets/TCS");
  });

  it("shows dashes for an instrument without a session", () => {
    const table = moverTable([{instrument: "NSE:INFY", sessions: []}], {instruments: [infy], format, base: ""});
    expect(words(table.querySelector("tbody tr")!)).toBe("Infosys – – INR – – NSE:INFY –");
    expect(moverWords([], {instruments: [infy], format})).toBe("No instrument has two sessions to compare.");
  });
});

describe("structureTable", () => {
  const broken = {
    type: "choch-up",
    time: open + DAY_MS,
    knownAt: open + DAY_MS,
    price: 1650,
    evidence: {close: 1655, level: 1650, levelTime: open},
    rule: "structure-break@1"
  };

  it("says when an event was known and what its rule measured", () => {
    const options = {format, tickSize: 0.05, currency: "INR", timeframe: "1d", calendar: nse} as const;
    expect(words(structureTable([broken], options).querySelector("tbody tr")!)).toBe(
      "3 Jan 2019 CHoCH up 1 650.00 3 Jan 2019 close 1 655.00, level 1 650.00, set at 2 Jan 2019 structure-break@1"
    );
    expect(words(structureTable([], options))).toContain("The rule found none");
  });

  it("draws a break from the swing it broke to the bar at whose close it was known", () => {
    expect(toMark(broken)).toMatchObject({
      kind: "break",
      isUp: true,
      label: "CHoCH",
      time: open,
      knownAt: open + DAY_MS
    });
  });
});
