import type {Estimate} from "../../domain/estimate.js";
import {type BootstrapOptions, blockBootstrapInterval} from "../statistics/bootstrap.js";
import {estimateWith, refuseSmall} from "../statistics/estimates.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import {type VolatilityEstimator, volatilityMeasures} from "./estimators.js";
import {allRows, type SessionMoves, sessionReturns} from "./session-moves.js";

/**
 * Volatility of a session with its interval: sessions are drawn in blocks, since wild days come together.
 *
 * @returns a fraction per session; refused below 20 sessions
 */
export function estimateVolatility(
  moves: SessionMoves,
  estimator: VolatilityEstimator,
  options: BootstrapOptions = {}
): Estimate {
  const measure = volatilityMeasures[estimator];
  if (moves.length < minimumSample.ratio) return refuseSmall(moves.length, minimumSample.ratio, "sessions");
  const interval = blockBootstrapInterval(allRows(moves), (rows) => measure(moves, rows), options);
  return estimateWith(measure(moves), moves.length, interval, "block bootstrap of sessions");
}

/** Values over time, each at the close of a session. */
export interface RollingVolatility {
  readonly time: Float64Array;
  readonly value: Float64Array; // a fraction per session
}

/**
 * Volatility of the latest *window* sessions, at each session from the first that has as many behind it.
 *
 * @returns times of the sessions' bars, and a fraction per session; empty where there are fewer sessions than the window
 * @throws {RangeError} if the window is not a whole number of at least 2
 */
export function rollingVolatility(moves: SessionMoves, estimator: VolatilityEstimator, window: number) {
  if (!(Number.isInteger(window) && window >= 2)) throw new RangeError(`invalid window: ${window}`);
  const measure = volatilityMeasures[estimator];
  const rows = allRows(moves);
  const length = Math.max(0, moves.length - window + 1);
  const value = Float64Array.from({length}, (_, i) => measure(moves, rows.subarray(i, i + window)));
  return {time: moves.time.slice(window - 1), value} satisfies RollingVolatility;
}

/**
 * Volatility by horizon: the deviation of returns over *horizon* sessions, overlapping, divided by √horizon. Were each
 * move independent of those before it, all horizons would give the same; more at long ones is trend, less is reversal.
 *
 * @param horizon sessions, whole, ≥ 1
 * @returns a fraction per session, n the sessions; refused where there are not 20 horizons one after another
 * @throws {RangeError} if the horizon makes no sense
 *
 * Source: Lo & MacKinlay, Stock market prices do not follow random walks, *Review of Financial Studies* 1 (1988), 41–66,
 * whose correction for overlap it takes; blocks at least as long as the horizon.
 */
export function volatilityByHorizon(moves: SessionMoves, horizon: number, options: BootstrapOptions = {}): Estimate {
  if (!(Number.isInteger(horizon) && horizon >= 1)) throw new RangeError(`invalid horizon: ${horizon}`);
  const n = moves.length;
  const needed = minimumSample.ratio * horizon;
  if (n < needed) return refuseSmall(n, needed, "sessions");
  const returns = sessionReturns(moves);
  const sums = Float64Array.from({length: n - horizon + 1}, (_, i) =>
    returns.subarray(i, i + horizon).reduce((sum, each) => sum + each, 0)
  );
  const measure = (sample: ArrayLike<number>) => {
    const mean = Array.prototype.reduce.call(sample, (sum, each) => (sum as number) + each, 0) as number;
    let squares = 0;
    for (let i = 0; i < sample.length; ++i) squares += (sample[i]! - mean / sample.length) ** 2;
    return Math.sqrt(squares / (horizon * sample.length * (1 - horizon / n)));
  };
  const blockLength = Math.max(horizon, Math.ceil(Math.cbrt(n)));
  const interval = blockBootstrapInterval(sums, measure, {...options, blockLength});
  return estimateWith(measure(sums), n, interval, `block bootstrap, blocks of ${blockLength}`);
}
