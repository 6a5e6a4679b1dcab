import type {BarSeries} from "../../domain/bar.js";
import type {Estimate} from "../../domain/estimate.js";
import type {SessionSlice} from "../sessions/session-slices.js";
import {type BootstrapOptions, blockBootstrapInterval} from "../statistics/bootstrap.js";
import {estimateWith, refuseSmall} from "../statistics/estimates.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import {mean} from "../statistics/moments.js";

/**
 * Realised variance of each session: the sum of its squared log returns, sampled every *stepMs* from the open. The last
 * price of a step stands for it; a step without a bar keeps the price before.
 *
 * @param slices sessions of *series*, from `sessionSlices`
 * @param stepMs the sampling interval, at least that of the bars; the session's length gives its open-to-close return
 * @returns squared fractions, one a session, of its hours alone
 * @throws {RangeError} if the step is not positive
 *
 * Source: Andersen & Bollerslev, Answering the skeptics, *International Economic Review* 39 (1998), 885–905.
 */
export function realisedVariances(
  {time, open, close}: BarSeries,
  slices: readonly SessionSlice[],
  stepMs: number
): Float64Array {
  if (!(stepMs > 0)) throw new RangeError(`invalid step: ${stepMs}`);
  return Float64Array.from(slices, ({session, start, end}) => {
    let last = open[start]!;
    let sum = 0;
    for (let i = start; i < end; ++i) {
      const step = Math.floor((time[i]! - session.open) / stepMs);
      const isLastOfStep = i + 1 === end || Math.floor((time[i + 1]! - session.open) / stepMs) > step;
      if (!isLastOfStep) continue;
      sum += Math.log(close[i]! / last) ** 2;
      last = close[i]!;
    }
    return sum;
  });
}

/**
 * Realised volatility: the root of the mean realised variance over sessions.
 *
 * @returns a fraction per session; refused below 10 sessions
 */
export function realisedVolatility(variances: Float64Array, options: BootstrapOptions = {}): Estimate {
  const n = variances.length;
  if (n < minimumSample.sessions) return refuseSmall(n, minimumSample.sessions, "sessions");
  const root = (sample: ArrayLike<number>) => Math.sqrt(mean(sample));
  return estimateWith(
    root(variances),
    n,
    blockBootstrapInterval(variances, root, options),
    "block bootstrap of sessions"
  );
}
