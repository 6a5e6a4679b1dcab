import {deviation} from "../statistics/moments.js";
import {allRows, type SessionMoves} from "./session-moves.js";

/** A volatility of one session, as a fraction, from some rows of the moves. */
export type VolatilityMeasure = (moves: SessionMoves, rows?: ArrayLike<number>) => number;

/**
 * Close-to-close volatility: the sample deviation of log returns from close to close, the mean taken off.
 *
 * @returns a fraction per session; NaN for fewer than two rows
 */
export function closeToCloseVolatility(moves: SessionMoves, rows: ArrayLike<number> = allRows(moves)): number {
  return deviation(Float64Array.from(rows, (i) => moves.overnight[i]! + moves.close[i]!));
}

/**
 * Parkinson volatility: from the high and the low alone. Some five times as efficient as closes where prices diffuse
 * without drift; too low where they jump, and blind to what happens overnight.
 *
 * @returns a fraction per session, of the session's hours alone; NaN for no rows
 *
 * Source: Parkinson, The extreme value method for estimating the variance of the rate of return, *Journal of Business*
 * 53 (1980), 61–65.
 */
export function parkinsonVolatility(moves: SessionMoves, rows: ArrayLike<number> = allRows(moves)): number {
  return rootMean(rows, (i) => (moves.high[i]! - moves.low[i]!) ** 2 / (4 * Math.LN2));
}

/**
 * Garman–Klass volatility: from open, high, low and close. Some seven times as efficient as closes, under the same
 * assumptions as Parkinson's, and blind to what happens overnight.
 *
 * @returns a fraction per session, of the session's hours alone; NaN for no rows
 *
 * Source: Garman & Klass, On the estimation of security price volatilities from historical data, *Journal of Business*
 * 53 (1980), 67–78, equation 20: the practical form with two terms, as TTR's.
 */
export function garmanKlassVolatility(moves: SessionMoves, rows: ArrayLike<number> = allRows(moves)): number {
  const {high, low, close} = moves;
  return rootMean(rows, (i) => 0.5 * (high[i]! - low[i]!) ** 2 - (2 * Math.LN2 - 1) * close[i]! ** 2);
}

/**
 * Rogers–Satchell volatility: from open, high, low and close; right whatever the drift, blind to what happens overnight.
 *
 * @returns a fraction per session, of the session's hours alone; NaN for no rows
 *
 * Source: Rogers & Satchell, Estimating variance from high, low and closing prices, *Annals of Applied Probability* 1
 * (1991), 504–512.
 */
export function rogersSatchellVolatility(moves: SessionMoves, rows: ArrayLike<number> = allRows(moves)): number {
  const {high, low, close} = moves;
  return rootMean(rows, (i) => high[i]! * (high[i]! - close[i]!) + low[i]! * (low[i]! - close[i]!));
}

/**
 * Yang–Zhang volatility: overnight and open-to-close variance, and Rogers and Satchell's between them; right whatever
 * the drift and with gaps, and the most efficient of those.
 *
 * @returns a fraction per session, close to close; NaN for fewer than two rows
 *
 * Source: Yang & Zhang, Drift-independent volatility estimation based on high, low, open, and close prices, *Journal of
 * Business* 73 (2000), 477–491; the weight k = 0.34 / (1.34 + (n + 1) / (n − 1)) minimises its variance.
 */
export function yangZhangVolatility(moves: SessionMoves, rows: ArrayLike<number> = allRows(moves)): number {
  const n = rows.length;
  const weight = 0.34 / (1.34 + (n + 1) / (n - 1));
  const overnight = deviation(Float64Array.from(rows, (i) => moves.overnight[i]!)) ** 2;
  const open = deviation(Float64Array.from(rows, (i) => moves.close[i]!)) ** 2;
  return Math.sqrt(overnight + weight * open + (1 - weight) * rogersSatchellVolatility(moves, rows) ** 2);
}

/** The estimators by the names that an address uses, the one that assumes least first. */
export const volatilityMeasures = {
  "yang-zhang": yangZhangVolatility,
  "close-to-close": closeToCloseVolatility,
  "rogers-satchell": rogersSatchellVolatility,
  "garman-klass": garmanKlassVolatility,
  parkinson: parkinsonVolatility
} as const satisfies Readonly<Record<string, VolatilityMeasure>>;

/** The name of an estimator. */
export type VolatilityEstimator = keyof typeof volatilityMeasures;

/** Rounding may leave the variance of a session that hardly moved a little below nothing. */
function rootMean(rows: ArrayLike<number>, term: (i: number) => number): number {
  let sum = 0;
  for (let k = 0; k < rows.length; ++k) sum += term(rows[k]!);
  return rows.length === 0 ? NaN : Math.sqrt(Math.max(0, sum / rows.length));
}
