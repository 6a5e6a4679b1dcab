import type {Estimate} from "../../domain/estimate.js";
import {chiSquaredTail} from "../statistics/chi-squared.js";
import {refuse, refuseSmall} from "../statistics/estimates.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import {wilsonInterval} from "../statistics/wilson.js";
import {assertReturns, minimumReturns, varOf} from "./historical-var.js";

/** How forecasts of value at risk did on the periods that followed them. */
export interface VarBacktest {
  readonly confidence: number; // as 0.95
  /** Returns each forecast was made from. */
  readonly window: number;
  /** One per return: the VaR forecast from the *window* returns before it; NaN until there are so many. */
  readonly forecasts: Float64Array;
  /** Rows whose loss exceeded the forecast. */
  readonly exceptions: readonly number[];
  /** Share of out-of-sample periods with an exception, Wilson's interval, and Kupiec's p that it is 1 − confidence. */
  readonly coverage: Estimate;
  /** Christoffersen's p that an exception is as likely after one as after a day without; refused as the coverage. */
  readonly independence: Estimate;
}

/**
 * Backtest of historical VaR on a rolling out-of-sample run: each forecast sees only returns before it.
 *
 * @param returns oldest first
 * @param window returns a forecast is made from; the larger of 250 and the minimum for the confidence unless given
 * @throws {RangeError} if a return is not finite, or window or confidence make no sense
 *
 * Source: Kupiec, Techniques for verifying the accuracy of risk measurement models, *Journal of Derivatives* 3 (1995);
 * Christoffersen, Evaluating interval forecasts, *International Economic Review* 39 (1998).
 */
export function backtestVar(
  returns: ArrayLike<number>,
  {confidence = 0.95, window = Math.max(250, minimumReturns(confidence))}: {confidence?: number; window?: number} = {}
): VarBacktest {
  assertReturns(returns, confidence);
  if (!(Number.isInteger(window) && window > 0)) throw new RangeError(`invalid window: ${window}`);
  const values = Float64Array.from(returns);
  const forecasts = values.map((_, i) => (i < window ? NaN : varOf(values.subarray(i - window, i), confidence)));
  const exceptions = [...values.keys()].filter((i) => -values[i]! > forecasts[i]!);
  const n = Math.max(0, values.length - window);
  const isException = Array.from({length: n}, (_, i) => -values[window + i]! > forecasts[window + i]!);
  const coverage = coverageOf(exceptions.length, n, confidence);
  return {confidence, window, forecasts, exceptions, coverage, independence: independenceOf(isException)};
}

/**
 * Kupiec's proportion-of-failures test: p that exceptions come with probability 1 − confidence.
 *
 * @param exceptions whole, 0 … n
 * @returns p in (0, 1], from a likelihood ratio that is chi-squared with one degree of freedom
 * @throws {RangeError} if the counts make no sense
 * @example kupiecTest(9, 100, 0.95) // 0.097…
 */
export function kupiecTest(exceptions: number, n: number, confidence: number): number {
  if (!(Number.isInteger(n) && n > 0 && Number.isInteger(exceptions) && exceptions >= 0 && exceptions <= n))
    throw new RangeError(`invalid exceptions: ${exceptions} of ${n}`);
  const logLikelihood = (share: number) => times(n - exceptions, 1 - share) + times(exceptions, share);
  const ratio = 2 * (logLikelihood(exceptions / n) - logLikelihood(1 - confidence));
  return chiSquaredTail(Math.max(0, ratio), 1);
}

/**
 * Christoffersen's test of independence: p that exceptions do not come together, from how often one follows another.
 *
 * @param isException one per out-of-sample period, oldest first
 * @returns p in (0, 1], from a likelihood ratio that is chi-squared with one degree of freedom; NaN where there was no
 *   exception before the last period, or nothing else: what follows one cannot be compared
 * @example christoffersenTest([true, true, false, false]) // 0.306…
 */
export function christoffersenTest(isException: readonly boolean[]): number {
  const [after, others] = [
    {no: 0, yes: 0},
    {no: 0, yes: 0}
  ];
  for (let i = 1; i < isException.length; ++i)
    (isException[i - 1] ? after : others)[isException[i] ? "yes" : "no"] += 1;
  if (after.no + after.yes === 0 || others.no + others.yes === 0) return NaN;
  const likelihood = ({no, yes}: typeof after, share: number) => times(no, 1 - share) + times(yes, share);
  const shareOf = ({no, yes}: typeof after) => yes / (no + yes);
  const pooled = shareOf({no: after.no + others.no, yes: after.yes + others.yes});
  const apart = likelihood(after, shareOf(after)) + likelihood(others, shareOf(others));
  return chiSquaredTail(Math.max(0, 2 * (apart - likelihood(after, pooled) - likelihood(others, pooled))), 1);
}

/** count·log(share), 0 where nothing is counted. */
function times(count: number, share: number): number {
  return count === 0 ? 0 : count * Math.log(share);
}

function coverageOf(exceptions: number, n: number, confidence: number): Estimate {
  if (n < minimumSample.coverageDays) return refuseSmall(n, minimumSample.coverageDays, "out-of-sample periods");
  const p = kupiecTest(exceptions, n, confidence);
  return {value: exceptions / n, n, ...wilsonInterval(exceptions, n), level: 0.95, method: "Wilson; p by Kupiec", p};
}

/** The p is the value: what it is the p of has no size of its own. */
function independenceOf(isException: readonly boolean[]): Estimate {
  const n = isException.length;
  if (n < minimumSample.coverageDays) return refuseSmall(n, minimumSample.coverageDays, "out-of-sample periods");
  const p = christoffersenTest(isException);
  return Number.isNaN(p) ? refuse(n, "no exception that another could follow") : {value: p, n, p};
}
