import {readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {
  type MetaTraderStatistics,
  metaTraderStatistics
} from "../../../services/analytics/performance/metatrader-statistics.js";
import {roundTrips} from "../../../services/analytics/performance/round-trips.js";
import {deal, deposit} from "./deal-builder.js";
import {hasReports, readReport, reportFolder} from "./read-report.js";

const deals = [
  deposit(0, 1000),
  deal(1, "buy", "in", 1, 100, {commission: -1}),
  deal(2, "sell", "out", 1, 110, {profit: 101}),
  deal(3, "sell", "in", 1, 100),
  deal(4, "buy", "out", 1, 111, {profit: -110}),
  deal(5, "buy", "in", 1, 100),
  deal(6, "sell", "out", 1, 95, {profit: -99}),
  deal(7, "buy", "in", 1, 100),
  deal(8, "sell", "out", 1, 120, {profit: 89.1})
];

describe("metaTraderStatistics", () => {
  it("agrees with a history worked by hand", () => {
    // nets 100, −110, −99, 89.10; balances 1000, 1100, 990, 891, 980.10; returns 1.1, 0.9, 0.9, 1.1
    const found = metaTraderStatistics(deals);
    expect(found).toMatchObject({trades: 4, wins: 2, losses: 2, net: -19.9, grossProfit: 189.1, grossLoss: -209});
    expect(found.profitFactor).toBeCloseTo(189.1 / 209, 12);
    expect(found.ahpr).toBeCloseTo(1, 12);
    expect(found.ghpr).toBeCloseTo(0.9801 ** 0.25, 12);
    expect(found.sharpe).toBeCloseTo(0, 12);
    expect(found.balanceDrawdownMaximal!.amount).toBe(209);
    expect(found.balanceDrawdownMaximal!.fraction).toBeCloseTo(0.19, 12);
    expect([found.short, found.long]).toEqual([
      {trades: 1, wonFraction: 0},
      {trades: 3, wonFraction: 2 / 3}
    ]);
    expect(found.maxConsecutiveLosses).toMatchObject({length: 2, sum: -209});
    expect(found.zScore).toBeCloseTo((4 * (3 - 0.5) - 8) / Math.sqrt((8 * 4) / 3), 12);
  });

  it("has no value for what cannot be had, rather than 0", () => {
    const found = metaTraderStatistics(deals.slice(1, 3));
    expect(found).toMatchObject({profitFactor: undefined, sharpe: undefined, zScore: undefined, ghpr: undefined});
    expect(found.balanceDrawdownMaximal).toEqual({amount: 0, fraction: 0});
    expect(metaTraderStatistics([]).expectedPayoff).toBeUndefined();
  });

  it("carries the equity drawdown as the report's own figure, and none where none is stated", () => {
    expect(metaTraderStatistics(deals).equityDrawdownMaximal).toBeUndefined();
    const stated = metaTraderStatistics(deals, {equityDrawdownMaximal: {amount: 250, fraction: 0.22}});
    expect(stated.equityDrawdownMaximal).toEqual({provenance: "stated by the report", amount: 250, fraction: 0.22});
  });

  it("does not take a withdrawal for a loss", () => {
    const out = {...deposit(9, -500), ticket: "9"};
    expect(metaTraderStatistics([...deals, out]).balanceDrawdownMaximal!.amount).toBe(209);
  });
});

/** The figures of `expected.json`, as the report prints them: percentages with two decimals, Sharpe with two. */
function asPrinted(found: MetaTraderStatistics) {
  const round = (value: number | undefined, decimals: number) => Number((value ?? NaN).toFixed(decimals));
  const side = ({trades, wonFraction}: MetaTraderStatistics["short"]) => [trades, round(100 * wonFraction!, 2)];
  const fall = found.balanceDrawdownMaximal!;
  return {
    net: found.net,
    grossProfit: found.grossProfit,
    grossLoss: found.grossLoss,
    profitFactor: round(found.profitFactor, 2),
    expectedPayoff: round(found.expectedPayoff, 2),
    sharpe: round(found.sharpe, 2),
    zScore: round(found.zScore, 2),
    zConfidence: round(100 * found.zConfidence!, 2),
    ahpr: round(found.ahpr, 4),
    ghpr: round(found.ghpr, 4),
    balanceDrawdownMaximal: [fall.amount, round(100 * fall.fraction, 2)],
    trades: found.trades,
    wins: found.wins,
    losses: found.losses,
    short: side(found.short),
    long: side(found.long),
    largest: [found.largest.profit, found.largest.loss],
    average: [round(found.average.profit, 2), round(found.average.loss, 2)],
    maxConsecutiveWins: [found.maxConsecutiveWins!.length, found.maxConsecutiveWins!.sum],
    maxConsecutiveLosses: [found.maxConsecutiveLosses!.length, found.maxConsecutiveLosses!.sum],
    maximalConsecutiveProfit: [found.maximalConsecutiveProfit!.sum, found.maximalConsecutiveProfit!.length],
    maximalConsecutiveLoss: [found.maximalConsecutiveLoss!.sum, found.maximalConsecutiveLoss!.length],
    correlation: round(found.balanceFit!.correlation, 2),
    standardError: round(found.balanceFit!.standardError, 2)
  };
}

describe.skipIf(!hasReports)("genuine MetaTrader reports (skipped: no ../shared/data/mt5/reports here)", () => {
  const expected = hasReports ? JSON.parse(readFileSync(join(reportFolder, "expected.json"), "utf8")) : {};

  it.each(["tester-usdjpy-h1.html", "demo-account-history.html"])("%s: every figure to the printed digit", (name) => {
    const {equityDrawdownMaximal, deposit: _, ...figures} = expected[name];
    expect(asPrinted(metaTraderStatistics(readReport(name).deals))).toMatchObject(figures);
  });

  it("tester-usdjpy-h1.html: what its page prints beyond those figures", () => {
    expect(asPrinted(metaTraderStatistics(readReport("tester-usdjpy-h1.html").deals))).toMatchObject({
      zConfidence: 31.82,
      maximalConsecutiveProfit: [600.14, 2],
      maximalConsecutiveLoss: [-466.32, 3],
      correlation: 0.48,
      standardError: 507.16
    });
  });

  it("tester-usdjpy-h1.html: the equity drawdown is the report's own figure, carried as stated", () => {
    const {deals: tested, statedFigures} = readReport("tester-usdjpy-h1.html");
    const [amount, fraction] = statedFigures.equityDrawdownMaximal as readonly [number, number];
    const found = metaTraderStatistics(tested, {equityDrawdownMaximal: {amount, fraction}}).equityDrawdownMaximal!;
    const [expectedAmount, expectedPercent] = expected["tester-usdjpy-h1.html"].equityDrawdownMaximal;
    expect(found).toMatchObject({provenance: "stated by the report", amount: expectedAmount});
    expect(found.fraction).toBeCloseTo(expectedPercent / 100, 12);
  });

  it("reconcile: every deal is in a round trip, the position left open aside", () => {
    for (const [name, left] of [
      ["tester-usdjpy-h1.html", 0],
      ["demo-account-history.html", 1]
    ] as const) {
      const {problems, open} = roundTrips(readReport(name).deals);
      expect([problems.length, open.length]).toEqual([0, left]);
    }
  });
});
