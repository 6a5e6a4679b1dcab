import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {curveWhy} from "../../components/why/curve-why.js";
import {groupWhy} from "../../components/why/group-why.js";
import {marketWhy} from "../../components/why/market-why.js";
import {pulseFigures} from "../../components/why/pulse-figures.js";
import {pulseWhy} from "../../components/why/pulse-why.js";
import {ratioWhy} from "../../components/why/ratio-why.js";
import {riskWhy} from "../../components/why/risk-why.js";
import {structureWhy} from "../../components/why/structure-why.js";
import {tripFigures} from "../../components/why/trade-figures.js";
import {tradeWhy} from "../../components/why/trade-why.js";
import {trendWhy} from "../../components/why/trend-why.js";
import {groupTrips} from "../../components/work/group-trips.js";
import {pulseTasks} from "../../components/work/pulse-tasks.js";
import {riskTasks} from "../../components/work/risk-tasks.js";
import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {balanceCurve} from "../../services/analytics/performance/balance-curve.js";
import {closedDeals} from "../../services/analytics/performance/closed-deals.js";
import {dailyRatios} from "../../services/analytics/performance/daily-ratios.js";
import {resultCurve} from "../../services/analytics/performance/result-curve.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {tradeStatistics} from "../../services/analytics/performance/trade-statistics.js";
import {dailyReturns} from "../../services/analytics/risk/daily-returns.js";
import {underwater} from "../../services/analytics/risk/underwater.js";
import {detectAll} from "../../services/analytics/structure/event.js";
import {structureBreaks} from "../../services/analytics/structure/structure-breaks.js";
import {swings} from "../../services/analytics/structure/swings.js";
import {createTrendStarts} from "../../services/analytics/structure/trend-starts/trend-starts.js";
import {type Bar, type BarSeries, barAt, sliceBars, toBarSeries} from "../../services/domain/bar.js";
import {toMoney} from "../../services/domain/money.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {HOUR_MS} from "../../services/domain/time.js";
import {encodeCloses} from "../../services/snapshots/encode-closes.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {encodePositions} from "../../services/snapshots/encode-positions.js";
import type {CloseSeries} from "../../services/snapshots/read-closes.js";
import {defaultPolicy} from "../../services/sources/settings/settings-schema.js";
import {sampleBars, tuesday} from "../snapshots/samples.js";
import {busyDeals} from "../support/busy-deals.js";
import {expectSame} from "../support/same-figure.js";
import {nse, sampleDataset} from "./sample-dataset.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const around = {...nse, name: "crypto", zone: "UTC", openMinute: 0, closeMinute: 1440, weekdays: [0, 1, 2, 3, 4, 5, 6]};
const bars = sampleBars(150 * 1440, {base: 1.1});
const daily = resampleBars(bars, "1d", around);
/** Every third position twice as large: else size would follow nothing. */
const deals = busyDeals(bars, 140).map((deal) =>
  deal.type === "balance" || Number(deal.position) % 3 > 0 ? deal : {...deal, volumeLots: 2 * deal.volumeLots}
);
const dataset = sampleDataset({id: "deals/alpha", kind: "deals", firstTime: tuesday, lastTime: bars.time.at(-1)!});
const instrument = (id: "MT5:EURUSD" | "MT5:GBPUSD"): InstrumentSettings => ({
  ...{id, name: id, assetClass: "fx", currency: "USD", tickSize: 0.00001, contractSize: 100_000},
  ...{calendar: "crypto", slug: id.slice(4), timeframes: ["1m"], live: false}
});
const instruments = [instrument("MT5:EURUSD"), instrument("MT5:GBPUSD")];
const series: CloseSeries = {
  length: daily.length,
  time: daily.time.map((time) => time + 86_400_000),
  close: daily.close
};
const closes = new Map(instruments.map(({id}) => [id, series]));
const note = {id: "x", currency: "USD", lineage: dataset};
const files = {
  deals: encodeDeals(deals, note),
  closes: encodeCloses(closes, {id: "closes/alpha"}),
  positions: encodePositions(
    {
      positions: [1, 2].map((number) => ({
        ...({
          ticket: `${number}`,
          instrument: instruments[number - 1]!.id,
          side: number === 1 ? "buy" : "sell"
        } as const),
        ...{volumeLots: number / 2, openTime: tuesday, openPrice: 1.1, currentPrice: 1.2, profit: toMoney(12, "USD")}
      }))
    },
    note
  )
};

/** Waves on a longer wave, which breaks structure on its way and changes its character where it turns. */
function waves(length: number): BarSeries {
  const level = (i: number) => 100 + 3 * Math.sin(i / 9) + 12 * Math.sin(i / 80);
  const barOf = (_: unknown, i: number): Bar => {
    const [open, close] = [level(i), level(i + 1)];
    return {
      time: tuesday + i * HOUR_MS,
      open,
      close,
      high: Math.max(open, close) + 0.1,
      low: Math.min(open, close) - 0.1,
      volume: 1
    };
  };
  return toBarSeries(Array.from({length}, barOf));
}

describe("rows behind a figure give it again", () => {
  const {trips} = roundTrips(deals);
  const {steps} = closedDeals(deals);
  const trade = {
    ...{statistics: tradeStatistics(trips, {steps, draws: 50}), trips, steps, currency: "USD"},
    ...{filters: [["Closed within", "all history"]] as const, dataset, format}
  };
  it.each(Object.keys(tripFigures))("trades: %s", (name) => expectSame(name, tradeWhy(name, trade)));

  it("trades: the highest mean of a group", () => {
    const groups = groupTrips(trips, {by: "weekday", zone: "UTC"});
    expectSame("highest-group", groupWhy("highest-group", {...trade, groups, by: "weekday", zone: "UTC"}));
  });

  const points = balanceCurve(deals);
  const curve = {subject: "balance", datasets: [dataset], currency: "USD", format};
  it.each(["curve-end", "below-peak", "deepest-fall"])("trades: %s of the balance", (name) =>
    expectSame(name, curveWhy(name, {...curve, points, depth: underwater(points)}))
  );
  it.each(["curve-end", "result-fall"])("trades: %s of results added up", (name) =>
    expectSame(name, curveWhy(name, {...curve, points: resultCurve(trips)}))
  );

  const ratios = ["sharpe-annual", "sortino-annual", "calmar", "ulcer", "sharpe-chance", "track-record"];
  it.each(ratios)("trades: %s", (name) => {
    const returns = dailyReturns(points, "UTC").map((day, i) => ({...day, return: day.return + (i % 7) / 1000}));
    const found = dailyRatios(returns.map((day) => day.return));
    expectSame(name, ratioWhy(name, {ratios: found, returns, zone: "UTC", dataset, format}));
  });

  const input = {...files, zone: "UTC", windowMinutes: 15};
  it.each(Object.keys(pulseFigures))("pulse: %s", async (name) => {
    const findings = await pulseTasks.findings(input);
    const rows = () => pulseTasks.rows(input);
    expectSame(
      name,
      await pulseWhy(name, {
        findings,
        windowMinutes: 15,
        zone: "UTC",
        currency: "USD",
        dataset,
        prices: [sampleDataset({instrument: "MT5:GBPUSD"})],
        format,
        rows
      })
    );
  });

  const risks = ["value-at-risk", "expected-shortfall", "var-exceptions", "policy-violations", "below-peak"];
  it.each([...risks, "deepest-fall", "gross-exposure", "net-exposure"])("risk: %s", async (name) => {
    const {returns, ...account} = await riskTasks.account({
      ...{...files, currency: "USD", zone: "UTC", instruments},
      policy: {...defaultPolicy, tradesPerDay: 4, riskFractionPerTrade: 0.004}
    });
    const allReturns = Array.from({length: 3}, () => returns).flat(); // as long as a backtest asks
    const fractions = allReturns.map((day) => day.return);
    const backtest = riskTasks.backtest({returns: fractions, confidence: 0.95, window: 100});
    const tail = riskTasks.tail({returns: returns.map((day) => day.return), confidence: 0.95});
    const rest = {confidence: 0.95, window: "all days", currency: "USD", zone: "UTC", deals: dataset};
    expectSame(
      name,
      riskWhy(name, {...account, ...tail, ...rest, backtest, allReturns, returns, positions: dataset, format})
    );
  });

  const base = sampleDataset({rows: bars.length + 3, offSession: {preOpen: 3, postClose: 0, closedDay: 0}});
  const coverage = Array.from(daily.time.subarray(0, 150), (time) => ({
    date: new Date(time).toISOString().slice(0, 10),
    found: 1440,
    expected: 1440
  }));
  const kept = {...base, coverage};
  const markets = [
    "last-close",
    "session-range",
    "atr",
    "session-volume",
    "bars-kept",
    "bars-covered",
    "window-change"
  ];
  it.each(markets)("markets: %s", (name) => {
    expectSame(
      name,
      marketWhy(name, {daily, base: kept, used: [kept], instrument: instruments[0]!, calendar: around, format})
    );
  });

  const hours = waves(600);
  const events = [...swings(hours, {k: 2}), ...structureBreaks(hours, {k: 2})].sort((a, b) => a.knownAt - b.knownAt);
  it.each(["last-swing-high", "last-swing-low", "last-break", "swings", "breaks", "changes", "events"])(
    "structure: %s",
    (name) => {
      expectSame(
        name,
        structureWhy(name, {events, bars: hours, inputs: [], instrument: instruments[0]!, dataset, format})
      );
    }
  );

  const detector = createTrendStarts();
  const ticking = sliceBars(bars, 0, 600);
  const starts = detectAll(ticking, detector);
  const trend = {events: starts, charted: starts.slice(-9), pending: detector.pending, bars: ticking, inputs: []};
  const trends = {...trend, instrument: instruments[0]!, dataset, format};
  it.each(["last-start", "starts", "charted-starts", "lag", "gone"])("trends: %s", (name) =>
    expectSame(name, trendWhy(name, trends))
  );

  it("trends: a candidate, from the bars since, and its absence with a reason", () => {
    const one = (type: "uptrend_start" | "downtrend_start", at: number) => {
      const {time, low, high} = barAt(ticking, ticking.length - at);
      return {type, time, price: type === "uptrend_start" ? low : high};
    };
    const pending = [one("uptrend_start", 4), one("downtrend_start", 7)];
    const of = (name: string) => trendWhy(name, {...trends, pending});
    expectSame("pending-up", of("pending-up"));
    expectSame("pending-down", of("pending-down"));
    expect(of("pending-down").rows.rows.length).toBe(7);
    const none = trendWhy("pending-up", {...trends, pending: []});
    expect([none.value, none.reason, none.rows.rows.length]).toEqual([undefined, "no candidate", 0]);
  });

  it("an unknown figure is refused by its name", () => {
    expect(() => tradeWhy("luck", trade)).toThrow("unknown figure: luck");
  });
});
