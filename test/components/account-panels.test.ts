// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {accountTiles} from "../../components/panels/account-tiles.js";
import {balancePanel} from "../../components/panels/balance-panel.js";
import {exposurePanel} from "../../components/panels/exposure-panel.js";
import {metaTraderTable} from "../../components/panels/metatrader-table.js";
import {positionTable} from "../../components/panels/position-table.js";
import {riskTiles} from "../../components/panels/risk-tiles.js";
import {roundTripTable} from "../../components/panels/round-trip-table.js";
import {tradeTiles} from "../../components/panels/trade-tiles.js";
import {underwaterPanel} from "../../components/panels/underwater-panel.js";
import {varPanel} from "../../components/panels/var-panel.js";
import {html} from "../../components/parts/html.js";
import {balanceCurve} from "../../services/analytics/performance/balance-curve.js";
import {closedDeals} from "../../services/analytics/performance/closed-deals.js";
import {metaTraderStatistics} from "../../services/analytics/performance/metatrader-statistics.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {tradeStatistics} from "../../services/analytics/performance/trade-statistics.js";
import {dailyReturns} from "../../services/analytics/risk/daily-returns.js";
import {exposure} from "../../services/analytics/risk/exposure.js";
import {underwater} from "../../services/analytics/risk/underwater.js";
import {toMoney} from "../../services/domain/money.js";
import type {Position} from "../../services/domain/position.js";
import type {AccountSettings, InstrumentSettings} from "../../services/domain/settings.js";
import {open} from "./sample-dataset.js";
import {sampleDeals} from "./sample-deals.js";
import {values, words} from "./words.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const source = html`<p>source</p>`;
const deposit = toMoney(10_000, "USD");
const eurusd: InstrumentSettings = {
  id: "MT5:EURUSD",
  name: "Euro",
  assetClass: "fx",
  currency: "USD",
  tickSize: 0.00001,
  contractSize: 100_000,
  calendar: "fx",
  slug: "EURUSD",
  timeframes: ["1d"],
  live: false
};
const account = {id: "alpha", name: "Alpha", currency: "USD", zone: "UTC"} as AccountSettings;
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

describe("tradeTiles", () => {
  const statistics = (n: number) => {
    const deals = sampleDeals(n);
    return tradeStatistics(roundTrips(deals).trips, {steps: closedDeals(deals).steps});
  };

  it("shows sums as facts and estimates with their interval and n", () => {
    const tiles = tradeTiles(statistics(60), format);
    const text = words(tiles);
    expect(text).toContain("Net result +1 470.00 USD n = 60 round trips in 60 sessions");
    expect(text).toMatch(/Win rate 50\.0 % 95 %: 37\.7 % to 62\.3 % n = 60/);
    expect(values(tiles).slice(0, 3)).toEqual(["1470", "4470", "-3000"]);
    expect(tiles.querySelectorAll(".tile").length).toBe(18);
  });

  it("gives reasons in place of figures where there is too little", () => {
    const text = words(tradeTiles(statistics(2), format));
    expect(text).toMatch(/Win rate – .*at least 5 are needed/);
    expect(text).not.toContain("NaN");
  });

  it("says one round trip of one", () => {
    expect(words(tradeTiles(statistics(1), format))).toContain("n = 1 round trip in 1 session");
  });

  it("stands empty", () => {
    const text = words(tradeTiles(statistics(0), format));
    expect(text).toContain("Net result 0.00");
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("metaTraderTable", () => {
  it("names the figures as the report does, with their values for machines", () => {
    const table = metaTraderTable(metaTraderStatistics(sampleDeals(4)), format);
    const row = (name: string) => [...table.querySelectorAll("tr")].find((line) => line.textContent!.startsWith(name))!;
    expect(words(row("Total net profit"))).toBe("Total net profit 42.00 USD");
    expect(values(row("Profit factor"))).toEqual(["1.21"]);
    expect(table.querySelectorAll("tbody tr").length).toBe(26);
  });

  it("shows dashes for a history without a trade", () => {
    expect(words(metaTraderTable(metaTraderStatistics([]), format))).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("balance, drawdown and value at risk", () => {
  const points = balanceCurve(sampleDeals(120));

  it("state the finding in their titles", () => {
    const balance = balancePanel(points, {format, currency: "USD", source});
    expect(words(balance)).toContain("The balance stands at 14 740.00 USD, 4 740.00 made, payments aside");
    const depth = underwaterPanel(underwater(points), {format, source});
    expect(words(depth)).toMatch(/The deepest fall was 1\.0 %, made good after 2 d/);
    expect(depth.querySelector("svg")).not.toBeNull();
  });

  it("state a loss as a loss, or that there is too little to", () => {
    const common = {confidence: 0.95, equity: deposit, currency: "USD", format, source};
    const shortfall = {value: 0.02, n: 120, low: 0.015, high: 0.03, level: 0.95};
    const returns = dailyReturns(points, "UTC");
    const full = varPanel({...common, returns, valueAtRisk: {...shortfall, value: 0.0095}, shortfall});
    expect(words(full)).toContain("On one day in 20 the account lost more than 0.95 %");
    const none = {value: undefined, n: 3, reason: "3 returns; at least 100 are needed"};
    expect(words(varPanel({...common, returns: [], valueAtRisk: none, shortfall: none}))).toContain(
      "Too little to state a loss at 95 %: 3 returns; at least 100 are needed"
    );
  });

  it("stand empty before the first deal", () => {
    expect(words(balancePanel([], {format, currency: "USD", source}))).toContain("No balance yet");
    expect(words(underwaterPanel(underwater([]), {format, source}))).toContain("no deposit in this history");
  });
});

describe("exposure and positions", () => {
  const options = {currency: "USD", instruments: [eurusd], rates: {USD: 1}, equity: 10_000};
  const depth = underwater([]);
  const unknown = {value: undefined, n: 0, reason: "no returns"};
  const risk = {
    valueAtRisk: unknown,
    shortfall: unknown,
    confidence: 0.95,
    returns: [],
    equity: deposit,
    currency: "USD"
  };

  it("show what is held by instrument and by currency", () => {
    const panel = exposurePanel(exposure([held], options), {format, positions: [held], instruments: [eurusd], source});
    expect(words(panel)).toContain("The largest holding is EURUSD, 100 % of all that is open");
    expect(words(panel)).toContain("−54 500");
    expect(words(positionTable([held], {format, currency: "USD", instruments: [eurusd]}))).toContain("▼ short 0.50");
  });

  it("name what cannot be valued instead of leaving it out", () => {
    const open = exposure([held], {...options, instruments: []});
    const tiles = riskTiles({...risk, depth, open, format});
    expect(words(tiles)).toContain("Gross exposure – MT5:EURUSD is not in the settings");
  });

  it("say that nothing is open", () => {
    const panel = exposurePanel(exposure([], options), {format, positions: [], instruments: [eurusd], source});
    expect(words(panel)).toContain("Nothing is open");
  });
});

describe("round trips and today's account", () => {
  it("list the latest close first, with what it cost", () => {
    const {trips} = roundTrips(sampleDeals(3));
    const table = roundTripTable(trips, {format, currency: "USD", instruments: [eurusd]});
    const rows = [...table.querySelectorAll("tbody tr")].map(words);
    expect(rows).toEqual([
      "4 Jan 2019, 04:45 EURUSD ▲ long 1.00 1.10000 1.10122 1 h 122.00 0.00 +122.00 +1.22",
      "3 Jan 2019, 04:45 EURUSD ▲ long 1.00 1.10000 1.09900 1 h −100.00 0.00 −100.00 −1.00",
      "2 Jan 2019, 04:45 EURUSD ▼ short 1.00 1.10000 1.09880 1 h 120.00 0.00 +120.00 –"
    ]);
  });

  it("say where an account stands, and what is not there yet", () => {
    const day = {date: "2019-01-03", n: 1, wins: 0, net: toMoney(-100, "USD")};
    const today = {
      account: "alpha",
      asOf: open,
      deals: 5,
      openPositions: 0,
      balance: toMoney(10_020, "USD"),
      days: [day],
      ledger: [],
      positions: []
    };
    const text = words(accountTiles(today, account, format));
    expect(text).toContain("Last day with a close −100.00 USD n = 1 round trip, 3 Jan 2019");
    expect(text).toContain("Open profit – nothing is open");
    const nothing = {account: "alpha", asOf: null, deals: 0, openPositions: 0, days: [], ledger: [], positions: []};
    const empty = accountTiles(nothing, account, format);
    expect(words(empty)).toContain("nothing closed yet");
  });
});
