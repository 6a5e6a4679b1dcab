import type {DailyRatios} from "../../services/analytics/performance/daily-ratios.js";
import {growthOf} from "../../services/analytics/performance/drawdown-ratios.js";
import type {DailyReturn} from "../../services/analytics/risk/daily-returns.js";
import {shape} from "../../services/analytics/statistics/moments.js";
import {normalCdf, normalQuantile} from "../../services/analytics/statistics/normal.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {Estimate} from "../../services/domain/estimate.js";
import type {Formats} from "../format/create-formats.js";
import {numberColumn, textColumn} from "./columns.js";
import {meanOf, meanOverDeviation, sumOf, valuesOf} from "./recompute.js";
import type {Why, WhyRow} from "./why.js";

/** An account's daily returns, and the ratios made of them. */
export interface RatioContext {
  readonly ratios: DailyRatios;
  readonly returns: readonly DailyReturn[];
  readonly zone: string;
  readonly dataset: Dataset;
  readonly format: Formats;
}

interface RatioFigure extends Pick<Why, "name" | "formula" | "definition" | "reference"> {
  readonly of: (ratios: DailyRatios) => Estimate;
  readonly words: string;
  readonly recompute: (returns: readonly number[]) => number | undefined;
  readonly kind: "ratio" | "share" | "days";
}

const year = 252;
const bailey = "Bailey & López de Prado, Journal of Risk 15 (2012)";

const figures: Readonly<Record<string, RatioFigure>> = {
  "sharpe-annual": {
    name: "Sharpe ratio, annual",
    kind: "ratio",
    formula: "√252 · mean(return) / sd(return)",
    definition: "Mean over sample deviation of the returns by account day, times the square root of 252 days.",
    reference: "Sharpe, Journal of Portfolio Management 21 (1994), 49–58",
    of: ({sharpe}) => sharpe,
    words: "Mean of Return over its sample deviation, times √252",
    recompute: (returns) => meanOverDeviation(returns)! * Math.sqrt(year)
  },
  "sortino-annual": {
    name: "Sortino ratio, annual",
    kind: "ratio",
    formula: "√252 · mean(return) / √(Σ min(0, return)² / n)",
    definition: "As Sharpe, but over the downside deviation, which divides by all n and not only by the losses.",
    reference: "Sortino & Price, Journal of Investing 3 (1994), 59–64",
    of: ({sortino}) => sortino,
    words: "Mean of Return over the root of the mean of its squares below 0 (others count as 0), times √252",
    recompute: (returns) =>
      (meanOf(returns)! / Math.sqrt(meanOf(returns.map((value) => Math.min(0, value) ** 2))!)) * Math.sqrt(year)
  },
  calmar: {
    name: "Calmar ratio",
    kind: "ratio",
    formula: "annual growth / deepest drawdown",
    definition: "Compound growth a year over the deepest drawdown of the whole record.",
    reference: "Young, Futures 20 (1991), 40",
    of: ({calmar}) => calmar,
    words:
      "Growth is the product of 1 + Return; that to the power 252 / n, less 1, over its deepest fall below its peak",
    recompute: (returns) => (growthOf(returns).at(-1)! ** (year / returns.length) - 1) / Math.max(...depthsOf(returns))
  },
  ulcer: {
    name: "Ulcer index",
    kind: "share",
    formula: "√(Σ drawdown² / (n + 1))",
    definition:
      "Root mean square of the drawdown after each day and before the first: it counts depth and duration both.",
    reference: "Martin & McCann, The Investor's Guide to Fidelity Funds (1989), 75–79",
    of: ({ulcer}) => ulcer,
    words:
      "Growth is the product of 1 + Return from 1; the root of the mean of the squares of its falls below its peak, the 1 among them",
    recompute: (returns) => Math.sqrt(meanOf(depthsOf(returns).map((depth) => depth ** 2))!)
  },
  "sharpe-chance": {
    name: "Chance that Sharpe is above nothing",
    kind: "share",
    formula: "Φ(s √(n − 1) / √(1 − γ₃ s + (γ₄ − 1) s² / 4)), s a day",
    definition:
      "The probabilistic Sharpe ratio against 0: how sure the record makes one, given its length, skewness γ₃ and kurtosis γ₄.",
    reference: bailey,
    of: ({probabilisticSharpe}) => probabilisticSharpe,
    words: "The formula with s the mean of Return over its sample deviation and γ₃, γ₄ its skewness and kurtosis",
    recompute: (returns) => {
      const {sharpe, variance} = recordOf(returns);
      return normalCdf((sharpe * Math.sqrt(returns.length - 1)) / Math.sqrt(variance));
    }
  },
  "track-record": {
    name: "Days needed to be 95 % sure of it",
    kind: "days",
    formula: "1 + (1 − γ₃ s + (γ₄ − 1) s² / 4) (z₀.₉₅ / s)², rounded up",
    definition:
      "The minimum track record length: how many such days it takes to be 95 % sure that the true ratio is above 0.",
    reference: bailey,
    of: ({minimumTrackRecord}) => minimumTrackRecord,
    words: "The formula with s the mean of Return over its sample deviation and γ₃, γ₄ its skewness and kurtosis",
    recompute: (returns) => {
      const {sharpe, variance} = recordOf(returns);
      return Math.ceil(1 + variance * (normalQuantile(0.95) / sharpe) ** 2);
    }
  }
};

/** What one ratio of an account's daily returns stands on. @throws {RangeError} for an unknown figure */
export function ratioWhy(name: string, {ratios, returns, zone, dataset, format}: RatioContext): Why {
  const figure = figures[name];
  if (figure === undefined) throw new RangeError(`unknown figure: ${name}`);
  const {of, words, recompute, kind, ...rest} = figure;
  const estimate = of(ratios);
  const percent = (value: number) => format.fraction(value, {decimals: 3, signed: true});
  const show = {
    ratio: (value: number) => format.number(value, {decimals: 2}),
    share: (value: number) => format.fraction(value, {decimals: 2}),
    days: (value: number) => `${format.count(value)} days`
  };
  const {firstTime, lastTime} = dataset;
  return {
    ...rest,
    value: estimate.value,
    reason: estimate.reason,
    estimate,
    show: show[kind],
    inputs: [["Account day", `ends in ${zone}; weekdays without a close return 0`]],
    rows: {
      caption: "Daily returns of the account",
      columns: [textColumn("Account day"), numberColumn("Return", percent, {isSigned: true})],
      rows: returns.map((day): WhyRow => ({"Account day": day.date, Return: day.return}))
    },
    recompute: {words, of: (rows) => recompute(valuesOf(rows, "Return"))},
    datasets: [dataset],
    span: firstTime === null || lastTime === null ? undefined : {start: firstTime, end: lastTime},
    knownAt: `at the end of the account's day of ${returns.at(-1)?.date ?? "–"}`
  };
}

/** How far the growth stood below its peak, before the first return and after each. */
function depthsOf(returns: readonly number[]): number[] {
  let peak = 0;
  return [...growthOf(returns)].map((growth) => {
    peak = Math.max(peak, growth);
    return 1 - growth / peak;
  });
}

function recordOf(returns: readonly number[]): {sharpe: number; variance: number} {
  const sharpe = meanOverDeviation(returns)!;
  const {skewness, kurtosis} = shape(returns);
  return {sharpe, variance: sumOf([1, -skewness * sharpe, ((kurtosis - 1) / 4) * sharpe ** 2])};
}
