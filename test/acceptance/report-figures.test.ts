import {describe, expect, it} from "vitest";
import {
  type MetaTraderStatistics,
  metaTraderStatistics
} from "../../services/analytics/performance/metatrader-statistics.js";
import {toAmount} from "../../services/domain/money.js";
import {readReport} from "../analytics/performance/read-report.js";
import {hasShared, readShared} from "../shared-data.js";

type Report = ReturnType<typeof readReport>;
const isThere = hasShared("mt5/reports/expected.json");
const expected = (isThere ? JSON.parse(readShared("mt5/reports/expected.json")) : {}) as Record<
  string,
  Record<string, unknown>
>;

const side = ({trades, wonFraction}: MetaTraderStatistics["short"]) => [trades, 100 * (wonFraction ?? NaN)];
const run = (found: {readonly length: number; readonly sum: number} | undefined) => [found?.length, found?.sum];

/** Every figure by its name in `expected.json`, worked out from the deals; what no deal can tell, as the report states it. */
const figures: Readonly<Record<string, (found: MetaTraderStatistics, report: Report) => unknown>> = {
  deposit: (_, {deals}) => toAmount(deals.find(({type}) => type === "balance")!.profit),
  net: ({net}) => net,
  grossProfit: ({grossProfit}) => grossProfit,
  grossLoss: ({grossLoss}) => grossLoss,
  profitFactor: ({profitFactor}) => profitFactor,
  expectedPayoff: ({expectedPayoff}) => expectedPayoff,
  sharpe: ({sharpe}) => sharpe,
  zScore: ({zScore}) => zScore,
  ahpr: ({ahpr}) => ahpr,
  ghpr: ({ghpr}) => ghpr,
  balanceDrawdownMaximal: ({balanceDrawdownMaximal: fall}) => [fall!.amount, 100 * fall!.fraction],
  equityDrawdownMaximal(_, {statedFigures}) {
    const [amount, fraction] = statedFigures.equityDrawdownMaximal as readonly [number, number];
    return [amount, 100 * fraction];
  },
  trades: ({trades}) => trades,
  short: ({short}) => side(short),
  long: ({long}) => side(long),
  wins: ({wins}) => wins,
  losses: ({losses}) => losses,
  largest: ({largest}) => [largest.profit, largest.loss],
  average: ({average}) => [average.profit, average.loss],
  maxConsecutiveWins: ({maxConsecutiveWins}) => run(maxConsecutiveWins),
  maxConsecutiveLosses: ({maxConsecutiveLosses}) => run(maxConsecutiveLosses)
};

/** A report prints two decimals, of growth factors four. */
const decimals = (name: string) => (/^[ag]hpr$/.test(name) ? 4 : 2);
const printed = (value: unknown, digits: number): unknown =>
  Array.isArray(value)
    ? value.map((each) => printed(each, digits))
    : Number(((value as number | undefined) ?? NaN).toFixed(digits));

describe.skipIf(!isThere)("the figures that the reports print", () => {
  const cases = Object.entries(expected)
    .filter(([name]) => name.endsWith(".html"))
    .flatMap(([name, all]) => Object.entries(all).map(([key, value]) => [name, key, value] as const));

  it("are of both reports, none forgotten", () => {
    expect(new Set(cases.map(([name]) => name)).size).toBe(2);
    expect(cases.filter(([, key]) => figures[key] === undefined)).toEqual([]);
  });

  it.each(cases)("%s: %s is %j", (name, key, value) => {
    const report = readReport(name);
    expect(printed(figures[key]!(metaTraderStatistics(report.deals), report), decimals(key))).toEqual(value);
  });
});
