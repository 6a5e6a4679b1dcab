import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {
  annualGrowth,
  calmarRatio,
  martinRatio,
  maxDrawdown,
  ulcerIndex
} from "../../../services/analytics/performance/drawdown-ratios.js";
import {
  deflatedSharpe,
  downsideDeviation,
  luckySharpe,
  minimumTrackRecord,
  probabilisticSharpe,
  sharpeRatio,
  sortinoRatio
} from "../../../services/analytics/performance/sharpe.js";

const folder = join(
  process.env["TAPEBOOK_SHARED_DATA"] ?? join(import.meta.dirname, "../../../../shared/data"),
  "risk"
);
const hasData = existsSync(folder);
const read = (name: string) => (hasData ? JSON.parse(readFileSync(join(folder, name), "utf8")) : {});

describe("ratios", () => {
  it("agree with a case worked by hand", () => {
    const returns = [0.1, -0.1, 0.2]; // mean 1/15; squares about it 0.0466…; one shortfall of 0.1
    expect(sharpeRatio(returns)).toBeCloseTo(1 / 15 / Math.sqrt(0.14 / 3 / 2), 12);
    expect(sortinoRatio(returns)).toBeCloseTo(1 / 15 / Math.sqrt(0.01 / 3), 12);
    expect(maxDrawdown(returns)).toBeCloseTo(-0.1, 12);
    expect(annualGrowth(returns, 3)).toBeCloseTo(1.1 * 0.9 * 1.2 - 1, 12);
    expect(ulcerIndex([100, 80, 120, 90])).toBeCloseTo(Math.sqrt((0.04 + 0.0625) / 4), 12);
    expect(martinRatio(returns, 3)).toBeCloseTo((1.1 * 0.9 * 1.2 - 1) / Math.sqrt(0.01 / 4), 10);
  });

  it("have no value where there is nothing to divide by", () => {
    expect([sharpeRatio([0.1]), sharpeRatio([0.1, 0.1]), sortinoRatio([0.1]), calmarRatio([0.1], 252)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN
    ]);
    expect(minimumTrackRecord({sharpe: 0.1, skewness: 0, kurtosis: 3}, 0.2)).toBe(Infinity);
    expect(() => luckySharpe(1, 0.5)).toThrow("invalid number of trials: 1");
  });
});

interface Trial {
  readonly N: number;
  readonly skew: number;
  readonly kurt: number;
  readonly sr0_per_period: number;
  readonly dsr: number;
}

describe.skipIf(!hasData)("reference vectors (skipped: no ../shared/data/risk here)", () => {
  const {series = {}, expected = {}} = read("empyrical_vectors.json");
  const returnsOf = (name: string): number[] => series[name].filter((value: number | null) => value !== null);
  const close = (found: number, value: number) => expect(found).toBeCloseTo(value, 8);

  it("Sharpe, with the sample deviation", () => {
    for (const name of ["mixed_returns", "positive_returns", "negative_returns"])
      close(sharpeRatio(returnsOf(name), {periodsPerYear: 252}), expected.sharpe_252[`${name}|rf0`]);
  });

  it("downside deviation, over all n", () => {
    for (const [key, value] of Object.entries<number>(expected.downside_risk)) {
      const [name, target, periods] = key.split("|") as [string, string, string];
      const options = {target: Number(target.slice(3)), periodsPerYear: Number(periods)};
      close(downsideDeviation(returnsOf(name), options), value);
    }
  });

  it("Sortino", () => {
    for (const [key, value] of Object.entries<number>(expected.sortino)) {
      const parts = key.split("|");
      const target = Number(parts[1]!.startsWith("mar") ? parts[1]!.replace(/^mar=?/, "") : 0);
      close(sortinoRatio(returnsOf(parts[0]!), {target, periodsPerYear: Number(parts.at(-1))}), value);
    }
  });

  it("drawdown, annual growth and Calmar", () => {
    for (const name of ["simple_benchmark", "mixed_returns", "positive_returns"])
      close(maxDrawdown(returnsOf(name)), expected.max_drawdown[name]);
    expect(maxDrawdown(returnsOf("negative_returns"))).toBeCloseTo(expected.max_drawdown.negative_returns, 4);
    for (const key of ["mixed_returns|252", "weekly_returns|52", "monthly_returns|12"]) {
      const [name, periods] = key.split("|") as [string, string];
      const returns = series[name].map((value: number | null) => value ?? 0); // there a missing return is a period too
      close(annualGrowth(returns, Number(periods)), expected.annual_return[key]);
      close(calmarRatio(returns, Number(periods)), expected.calmar[key]);
    }
  });

  const sharpe = read("psr_dsr_expected.json");

  it("probabilistic Sharpe ratio of Bailey and López de Prado (2012)", () => {
    for (const {n, sr, skew, kurt, sr_star, psr} of sharpe.psr_paper_bailey_lopezdeprado_2012)
      expect(probabilisticSharpe({n, sharpe: sr, skewness: skew, kurtosis: kurt}, sr_star)).toBeCloseTo(psr, 3);
  });

  it("minimum track record in years, as the paper prints it", () => {
    const frequencies = {monthly: 12, weekly: 52, daily: 252} as const;
    for (const row of sharpe.min_trl_years_monthly.filter(
      (entry: {sr_annual?: number}) => entry.sr_annual !== undefined
    )) {
      const periods = frequencies[row.freq as keyof typeof frequencies];
      const record = {sharpe: row.sr_annual / Math.sqrt(periods), skewness: row.skew, kurtosis: row.kurt};
      const years = minimumTrackRecord(record, row.sr_star_annual / Math.sqrt(periods)) / periods;
      expect(years).toBeCloseTo(row.minTRL_years, 2);
    }
  });

  it("minimum track record of the paper's hedge fund indices", () => {
    for (const row of sharpe.min_trl_years_monthly.filter((entry: {sr?: number}) => entry.sr !== undefined)) {
      const record = {sharpe: row.sr, skewness: row.skew, kurtosis: row.kurt};
      expect(minimumTrackRecord(record) / 12).toBeCloseTo(row.minTRL_years, 3);
    }
  });

  it("deflated Sharpe ratio of Bailey and López de Prado (2014)", () => {
    const {periods_per_year: periods, sr_annual, T: n, var_trials_annual, cases} = sharpe.dsr_paper_2014;
    for (const {N, skew, kurt, sr0_per_period, dsr} of cases as Trial[]) {
      const record = {n, sharpe: sr_annual / Math.sqrt(periods), skewness: skew, kurtosis: kurt};
      expect(luckySharpe(N, var_trials_annual / periods)).toBeCloseTo(sr0_per_period, 6);
      expect(deflatedSharpe(record, N, var_trials_annual / periods)).toBeCloseTo(dsr, 5);
    }
  });
});
