// @vitest-environment jsdom
import {expect, it, vi} from "vitest";
import {resultHistogram} from "../../components/charts/result-histogram.js";
import {createFormats} from "../../components/format/create-formats.js";
import {distributionPanel} from "../../components/panels/distribution-panel.js";
import {exposurePanel} from "../../components/panels/exposure-panel.js";
import {moverTable} from "../../components/panels/mover-table.js";
import {sessionChart} from "../../components/panels/session-chart.js";
import {underwaterPanel} from "../../components/panels/underwater-panel.js";
import {html} from "../../components/parts/html.js";
import {balanceCurve} from "../../services/analytics/performance/balance-curve.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {exposure} from "../../services/analytics/risk/exposure.js";
import {underwater} from "../../services/analytics/risk/underwater.js";
import {toAmount, toMoney} from "../../services/domain/money.js";
import type {Position} from "../../services/domain/position.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {HOUR_MS} from "../../services/domain/time.js";
import {open, sampleDataset} from "./sample-dataset.js";
import {sampleDeals} from "./sample-deals.js";
import {words} from "./words.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const source = html`<p>source</p>`;
const eurusd = {
  id: "MT5:EURUSD",
  name: "Euro",
  slug: "EURUSD",
  currency: "USD",
  tickSize: 0.00001,
  contractSize: 100_000,
  assetClass: "fx"
} as unknown as InstrumentSettings;

/** The tables behind a chart, by what they are called. */
function tablesOf(frame: HTMLElement): Record<string, HTMLElement[]> {
  frame.querySelector<HTMLButtonElement>("[aria-keyshortcuts=t]")!.click();
  const tables = [...frame.querySelectorAll<HTMLElement>(".table-scroll")];
  return Object.fromEntries(
    tables.map((table) => [table.getAttribute("aria-label")!, [...table.querySelectorAll<HTMLElement>("tbody tr")]])
  );
}

const closes = [1.1, 1.12, 1.111];
const today = {
  instrument: "MT5:EURUSD",
  sessions: closes.map((close, i) => ({
    date: `2024-01-0${i + 1}` as const,
    closeTime: open + i * 24 * HOUR_MS,
    close,
    volume: 1
  }))
} as const;

it("the table behind an instrument's sessions holds each close drawn, with its unit, n and zone", () => {
  const chart = sessionChart(today, {instrument: eurusd, all: [today], datasets: [sampleDataset()], format});
  expect(words(chart)).toContain("Euro rose 1.00 %");
  expect(words(chart)).toContain("since 1 Jan 2024, n = 3 sessions to 3 Jan 2024");
  const [rows] = Object.values(tablesOf(chart));
  expect(rows!.map((row) => words(row.children[2]!))).toEqual(["1.11100", "1.12000", "1.10000"]);
  expect(words(chart)).toMatch(/Closed UTC.*Close USD/);
});

it("the file behind movers holds each close of the line drawn", () => {
  let saved = "";
  vi.stubGlobal("Blob", function take([text]: string[]) {
    saved = text!;
  });
  URL.createObjectURL = () => "#";
  URL.revokeObjectURL = () => {};
  const table = moverTable([today], {instruments: [eurusd], format, base: ""});
  [...table.querySelectorAll("button")].find(({textContent}) => textContent === "Download CSV")!.click();
  expect(saved).toContain(",1.1 1.12 1.111,MT5:EURUSD,2024-01-01,3,");
});

it("the table under water holds every point of the curve, and the worst falls", () => {
  const depth = underwater(balanceCurve(sampleDeals(60)));
  const tables = tablesOf(underwaterPanel(depth, {format, source}));
  expect(tables["Drawdown"]!.length).toBe(depth.points.length);
  expect(tables["Worst drawdowns"]!.length).toBe(depth.worst.length);
});

it("the table of exposure holds the bars by instrument and by currency", () => {
  const held: Position = {
    ticket: "9",
    instrument: "MT5:EURUSD",
    side: "sell",
    volumeLots: 0.5,
    openTime: open,
    openPrice: 1.1,
    currentPrice: 1.09,
    profit: toMoney(500, "USD")
  };
  const all = exposure([held], {currency: "USD", instruments: [eurusd], rates: {USD: 1}, equity: 10_000});
  const tables = tablesOf(exposurePanel(all, {format, positions: [held], instruments: [eurusd], source}));
  expect(tables["Exposure by instrument"]!.map(words)).toEqual(["EURUSD −0.50 0.50 −54 500.00"]);
  expect(tables["Exposure by currency"]!.map(words)).toEqual(["EUR −50 000.00 −54 500.00", "USD 54 500.00 +54 500.00"]);
  expect(tables["Open positions"]!.length).toBe(1);
});

it("the table of results has a row for each bar, at any width", () => {
  const {trips} = roundTrips(sampleDeals(60));
  const mean = {value: 1, n: trips.length};
  const panel = distributionPanel(trips, {format, currency: "USD", mean, words: "all", source});
  const rows = tablesOf(panel)["Results by size"]!;
  for (const width of [200, 360, 1_200]) {
    const chart = resultHistogram(
      trips.map(({net}) => toAmount(net)),
      {width, format, tickFormat: String, label: "results"}
    ) as Element;
    const bars = [...chart.querySelectorAll('[aria-label="rect"] rect')];
    expect(bars.length).toBe(rows.length);
  }
});
