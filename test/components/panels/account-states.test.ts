// @vitest-environment jsdom
import {it} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {accountTiles} from "../../../components/panels/account-tiles.js";
import {backtestPanel} from "../../../components/panels/backtest-panel.js";
import {balancePanel} from "../../../components/panels/balance-panel.js";
import {dailyRatioTiles} from "../../../components/panels/daily-ratio-tiles.js";
import {exposurePanel} from "../../../components/panels/exposure-panel.js";
import {findingSection} from "../../../components/panels/finding-section.js";
import {findingTiles} from "../../../components/panels/finding-tiles.js";
import {policySection} from "../../../components/panels/policy-section.js";
import {positionTable} from "../../../components/panels/position-table.js";
import {riskTiles} from "../../../components/panels/risk-tiles.js";
import {drawdownTable, underwaterPanel} from "../../../components/panels/underwater-panel.js";
import {varPanel} from "../../../components/panels/var-panel.js";
import {html} from "../../../components/parts/html.js";
import {describeReentry} from "../../../services/analytics/behaviour/describe.js";
import {reentry} from "../../../services/analytics/behaviour/reentry.js";
import {balanceCurve} from "../../../services/analytics/performance/balance-curve.js";
import {dailyRatios} from "../../../services/analytics/performance/daily-ratios.js";
import {roundTrips} from "../../../services/analytics/performance/round-trips.js";
import {dailyReturns} from "../../../services/analytics/risk/daily-returns.js";
import {exposure} from "../../../services/analytics/risk/exposure.js";
import {expectedShortfall, historicalVar} from "../../../services/analytics/risk/historical-var.js";
import {policyUse} from "../../../services/analytics/risk/policy-use.js";
import {underwater} from "../../../services/analytics/risk/underwater.js";
import {backtestVar} from "../../../services/analytics/risk/var-backtest.js";
import {createRandom} from "../../../services/analytics/statistics/random.js";
import {shiftDate} from "../../../services/domain/calendar.js";
import {toMoney} from "../../../services/domain/money.js";
import type {Position} from "../../../services/domain/position.js";
import type {AccountSettings, InstrumentSettings, Policy} from "../../../services/domain/settings.js";
import {defaultPolicy} from "../../../services/sources/settings/settings-schema.js";
import {sampleBars} from "../../snapshots/samples.js";
import {busyDeals} from "../../support/busy-deals.js";
import {matchesStates, type PanelStates} from "../../support/panel-states.js";
import {open} from "../sample-dataset.js";
import {sampleDeals} from "../sample-deals.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const source = html`<p>source</p>`;
const usd = (amount: number) => toMoney(amount, "USD");
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
  profit: usd(500)
};
const [deals, few] = [sampleDeals(120), sampleDeals(3)];
const busy = busyDeals(sampleBars(60 * 1440, {base: 1.1}), 55);
const busyReentry = reentry(roundTrips(busy).trips);
const keptTo = (own: typeof deals, policy: Policy) => policyUse(own, roundTrips(own), {policy, zone: "UTC"});
const random = createRandom(5);
const tested = (days: number) => {
  const returns = Array.from({length: days}, (_, i) => ({
    date: shiftDate("2019-01-01", i),
    return: 0.01 * random.normal(),
    isTraded: true
  }));
  return {backtest: backtestVar(returns.map((day) => day.return)), returns, format, source};
};
const [points, fewPoints] = [balanceCurve(deals), balanceCurve(few)];
const returnsOf = (of: typeof points) => dailyReturns(of, "UTC");
const valued = {currency: "USD", instruments: [eurusd], rates: {USD: 1}, equity: 10_000};
const risk = (of: typeof points, positions: readonly Position[]) => {
  const returns = returnsOf(of);
  const fractions = returns.map((day) => day.return);
  return {
    valueAtRisk: historicalVar(fractions, {confidence: 0.95}),
    shortfall: expectedShortfall(fractions, {confidence: 0.95}),
    confidence: 0.95,
    returns,
    equity: usd(10_000),
    currency: "USD",
    format,
    depth: underwater(of),
    open: exposure(positions, valued)
  };
};
const held_ = {format, positions: [held], instruments: [eurusd], source};
const today = {account: "alpha", asOf: open, deals: 5, openPositions: 0, ledger: [], positions: []};
const days = [{date: "2019-01-03", n: 1, wins: 0, net: usd(-100)}];

const panels: readonly PanelStates[] = [
  {
    name: "account-tiles",
    states: {
      usual: () => accountTiles({...today, balance: usd(10_020), days}, account, format),
      optional: () =>
        accountTiles({...today, balance: usd(10_020), days, openPositions: 2, floating: usd(-30)}, account, format),
      empty: () => accountTiles({...today, asOf: null, deals: 0, days: []}, account, format)
    }
  },
  {
    name: "balance-panel",
    states: {
      usual: () => balancePanel(points, {format, currency: "USD", source}),
      empty: () => balancePanel([], {format, currency: "USD", source})
    }
  },
  {
    name: "daily-ratio-tiles",
    states: {
      usual: () => dailyRatioTiles(dailyRatios(returnsOf(points).map((day) => day.return)), format),
      empty: () => dailyRatioTiles(dailyRatios([]), format)
    }
  },
  {
    name: "exposure-panel",
    states: {
      usual: () => exposurePanel(exposure([held], valued), held_),
      optional: () => exposurePanel(exposure([held], {...valued, instruments: []}), held_),
      empty: () => exposurePanel(exposure([], valued), {...held_, positions: []})
    }
  },
  {
    name: "finding",
    states: {
      usual: () =>
        findingSection(
          describeReentry(busyReentry),
          findingTiles(busyReentry, {
            label: "After a loss less after a win",
            unit: "min",
            format,
            currency: "USD"
          }),
          source
        ),
      empty: () =>
        findingSection(
          describeReentry(reentry([])),
          findingTiles(reentry([], {zone: "UTC", windowMinutes: 15}), {
            label: "After a loss less after a win",
            unit: "min",
            format,
            currency: "USD"
          }),
          source
        )
    }
  },
  {
    name: "position-table",
    states: {
      usual: () => positionTable([held], {format, currency: "USD", instruments: [eurusd]}),
      optional: () => positionTable([held], {format, currency: "USD", instruments: []}),
      empty: () => positionTable([], {format, currency: "USD", instruments: [eurusd]})
    }
  },
  {
    name: "policy-section",
    states: {
      usual: () => policySection(keptTo(busy, {...defaultPolicy, tradesPerDay: 4}), {format, source}),
      optional: () => policySection(keptTo(deals, defaultPolicy), {format, source}),
      empty: () => policySection(keptTo([], defaultPolicy), {format, source})
    }
  },
  {
    name: "backtest-panel",
    states: {
      usual: () => backtestPanel(tested(600)),
      optional: () => backtestPanel(tested(300)),
      empty: () => backtestPanel(tested(0))
    }
  },
  {
    name: "risk-tiles",
    states: {
      usual: () => riskTiles(risk(points, [held])),
      optional: () => riskTiles(risk(fewPoints, [held])),
      empty: () => riskTiles(risk([], []))
    }
  },
  {
    name: "underwater-panel",
    states: {
      usual: () => underwaterPanel(underwater(points), {format, source}),
      empty: () => underwaterPanel(underwater([]), {format, source})
    }
  },
  {
    name: "drawdown-table",
    states: {
      usual: () => drawdownTable(underwater(points).worst, format),
      empty: () => drawdownTable([], format)
    }
  },
  {
    name: "var-panel",
    states: {
      usual: () => varPanel({...risk(points, []), source}),
      optional: () => varPanel({...risk(fewPoints, []), source}),
      empty: () => varPanel({...risk([], []), source})
    }
  }
];

it.each(panels)("$name says what its file says, in every state", (panel) => matchesStates(panel));
