import type {Estimate} from "../../domain/estimate.js";
import {blockBootstrapInterval} from "../statistics/bootstrap.js";
import {estimateWith, refuse, refuseSmall} from "../statistics/estimates.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import {calmarRatio, growthOf, martinRatio, ulcerIndex} from "./drawdown-ratios.js";
import {minimumTrackRecord, probabilisticSharpe, sharpeRatio, sortinoRatio, trackRecord} from "./sharpe.js";

/** What an account's daily returns say of reward and risk; ratios are annual, by 252 days. */
export interface DailyRatios {
  readonly sharpe: Estimate;
  readonly sortino: Estimate;
  readonly calmar: Estimate;
  readonly ulcer: Estimate;
  readonly martin: Estimate;
  /** The confidence that the true Sharpe ratio is above nothing, in [0, 1]. */
  readonly probabilisticSharpe: Estimate;
  /** Days it takes to be 95 % sure of that. */
  readonly minimumTrackRecord: Estimate;
}

const periodsPerYear = 252;

/**
 * Ratios of daily returns: Sharpe, Sortino, Calmar, Ulcer index, Martin, probabilistic Sharpe and the minimum track
 * record, each as the function of its name defines it.
 *
 * Intervals are by a circular block bootstrap over days, so that runs of days stay together; the last two have none:
 * they are statements about uncertainty themselves. All refuse below 20 days.
 *
 * @param returns per day as fractions, oldest first, as `dailyReturns` gives them
 * @throws {RangeError} if a return is −1 or less
 */
export function dailyRatios(returns: readonly number[], {draws = 500} = {}): DailyRatios {
  const n = returns.length;
  const annual = {periodsPerYear};
  const estimate = (statistic: (sample: ArrayLike<number>) => number): Estimate => {
    if (n < minimumSample.ratio) return refuseSmall(n, minimumSample.ratio, "days");
    return estimateWith(
      statistic(returns),
      n,
      blockBootstrapInterval(returns, statistic, {draws}),
      "circular block bootstrap by day"
    );
  };
  const record = trackRecord(returns);
  const plain = (value: () => number, reason: string): Estimate => {
    if (n < minimumSample.ratio) return refuseSmall(n, minimumSample.ratio, "days");
    const found = value();
    return Number.isFinite(found) ? {value: found, n} : refuse(n, reason);
  };
  return {
    sharpe: estimate((sample) => sharpeRatio(sample, annual)),
    sortino: estimate((sample) => sortinoRatio(sample, annual)),
    calmar: estimate((sample) => calmarRatio(sample, periodsPerYear)),
    ulcer: estimate((sample) => ulcerIndex(growthOf(sample))),
    martin: estimate((sample) => martinRatio(sample, periodsPerYear)),
    probabilisticSharpe: plain(() => probabilisticSharpe(record), "returns that do not vary"),
    minimumTrackRecord: plain(
      () => Math.ceil(minimumTrackRecord(record)),
      "no length of such returns would show a ratio above nothing"
    )
  };
}
