// @vitest-environment jsdom
import {beforeEach, it} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {queryChoice} from "../../../components/inputs/query-choice.js";
import {distributionPanel} from "../../../components/panels/distribution-panel.js";
import {groupPanel} from "../../../components/panels/group-panel.js";
import {metaTraderTable} from "../../../components/panels/metatrader-table.js";
import {reconcileSection} from "../../../components/panels/reconcile-section.js";
import {resultCurvePanel, resultFallPanel} from "../../../components/panels/result-panels.js";
import {roundTripTable} from "../../../components/panels/round-trip-table.js";
import {noTrips} from "../../../components/panels/trade-filter.js";
import {tradeTiles} from "../../../components/panels/trade-tiles.js";
import {tripDeals} from "../../../components/panels/trip-deals.js";
import {tripPanel} from "../../../components/panels/trip-panel.js";
import {html} from "../../../components/parts/html.js";
import {groupTrips} from "../../../components/work/group-trips.js";
import {closedDeals} from "../../../services/analytics/performance/closed-deals.js";
import {metaTraderStatistics} from "../../../services/analytics/performance/metatrader-statistics.js";
import {reconcile} from "../../../services/analytics/performance/reconcile.js";
import {resultCurve} from "../../../services/analytics/performance/result-curve.js";
import {roundTrips} from "../../../services/analytics/performance/round-trips.js";
import {tradeStatistics} from "../../../services/analytics/performance/trade-statistics.js";
import {toMoney} from "../../../services/domain/money.js";
import type {InstrumentSettings} from "../../../services/domain/settings.js";
import {matchesStates, type PanelStates} from "../../support/panel-states.js";
import {nse} from "../sample-dataset.js";
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
const deals = sampleDeals(120);
const history = roundTrips(deals);
const {trips} = history;
const statistics = tradeStatistics(trips, {steps: closedDeals(deals).steps});
const chosen = {format, currency: "USD", words: "all 120 round trips", source};
const trip = {
  format,
  currency: "USD",
  deals,
  shares: {
    opening: {profit: usd(0), commission: usd(0), swap: usd(0), fee: usd(0)},
    closing: {profit: usd(120), commission: usd(0), swap: usd(0), fee: usd(0)}
  },
  instrument: eurusd,
  calendar: nse,
  shown: {reason: "the bars kept do not reach it"},
  bars: undefined,
  source,
  among: trips
} as const;
const reconciled = {format, currency: "USD", deals, problems: [], open: []};

beforeEach(() => history_().replaceState(null, "", "/trades/alpha"));
const history_ = () => window.history;

const panels: readonly PanelStates[] = [
  {
    name: "no-trips",
    states: {
      usual: () => noTrips({trips: [], all: 120, words: "long, lost", isWhole: false}, format),
      empty: () => noTrips({trips: [], all: 0, words: "", isWhole: true}, format)
    }
  },
  {
    name: "trip-deals",
    states: {
      usual: () => tripDeals(trips[3]!, {...trip, tickSize: 0.00001}),
      optional: () => tripDeals(trips[3]!, {...trip, deals: [], tickSize: 0.00001})
    }
  },
  {
    name: "distribution-panel",
    states: {
      usual: () => distributionPanel(trips, {...chosen, mean: statistics.expectancyMoney}),
      empty: () => distributionPanel([], {...chosen, mean: {value: undefined, n: 0, reason: "no round trips"}})
    }
  },
  {
    name: "group-panel",
    states: {
      usual: () => groupPanel(groupTrips(trips, {by: "weekday", zone: "UTC"}), {...chosen, by: "weekday", zone: "UTC"}),
      optional: () =>
        groupPanel(groupTrips(trips.slice(0, 4), {by: "side", zone: "UTC"}), {...chosen, by: "side", zone: "UTC"}),
      empty: () => groupPanel([], {...chosen, by: "instrument", zone: "UTC"})
    }
  },
  {
    name: "metatrader-table",
    states: {
      usual: () => metaTraderTable(metaTraderStatistics(deals), format),
      empty: () => metaTraderTable(metaTraderStatistics([]), format)
    }
  },
  {
    name: "reconcile-section",
    states: {
      usual: () => reconcileSection(reconcile(deals, history, {currency: "USD"}), reconciled),
      optional: () =>
        reconcileSection(
          reconcile(deals.slice(0, -1), roundTrips(deals.slice(0, -1)), {currency: "USD", positions: []}),
          {...reconciled, open: roundTrips(deals.slice(0, -1)).open}
        ),
      empty: () => reconcileSection(reconcile([], roundTrips([]), {currency: "USD"}), reconciled)
    }
  },
  {
    name: "result-curve-panel",
    states: {
      usual: () => resultCurvePanel(resultCurve(trips), {...chosen, isByDay: false}),
      optional: () => resultCurvePanel(resultCurve(trips), {...chosen, isByDay: true}),
      empty: () => resultCurvePanel([], {...chosen, isByDay: false})
    }
  },
  {
    name: "result-fall-panel",
    states: {
      usual: () => resultFallPanel(resultCurve(trips), {...chosen, isByDay: false}),
      empty: () => resultFallPanel([], {...chosen, isByDay: false})
    }
  },
  {
    name: "round-trip-table",
    states: {
      usual: () => roundTripTable(trips, {format, currency: "USD", instruments: [eurusd]}),
      empty: () => roundTripTable([], {format, currency: "USD", instruments: [eurusd]})
    }
  },
  {
    name: "trade-tiles",
    states: {
      usual: () => tradeTiles(statistics, format),
      optional: () => tradeTiles(tradeStatistics(trips.slice(0, 3), {}), format),
      empty: () => tradeTiles(tradeStatistics([], {}), format)
    }
  },
  {
    name: "trip-panel",
    states: {
      usual: () => tripPanel(trips[3]!, {...trip, choice: queryChoice("trip")}),
      optional: () => tripPanel(trips[0]!, {...trip, instrument: undefined, among: [], choice: queryChoice("trip")})
    }
  }
];

it.each(panels)("$name says what its file says, in every state", (panel) => matchesStates(panel));
