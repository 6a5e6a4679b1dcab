import {assertFactor, assertPeriod, type Columns, type Indicator, type Row} from "./indicator.js";
import {createMovingMoments} from "./moving-moments.js";
import {runValueColumns, streamValueColumns, type ValueColumnsKernel} from "./value-kernel.js";

/** How far Bollinger bands look back, in values, and how far apart they stand. */
export interface BollingerOptions {
  /** Values in the average and the deviation; default 20. */
  readonly period?: number;
  /** Width of each band in standard deviations; default 2. */
  readonly deviations?: number;
}

const names = ["middle", "upper", "lower"] as const;

/** A column of Bollinger bands, in the unit of the values; lower ≤ middle ≤ upper. */
export type BollingerLine = (typeof names)[number];

/**
 * Bollinger bands: a simple average, and bands some standard deviations above and below it.
 *
 * @param values prices, oldest first; leading NaN are passed over
 * @returns columns `middle`, `upper`, `lower`, each as long as the values and in their unit; the first *period* − 1 NaN
 * @throws {RangeError} if an option is not positive, or a value is missing or infinite
 * @example bollinger([1, 3], {period: 2}) // middle [NaN, 2], upper [NaN, 4], lower [NaN, 0]
 *
 * The deviation is the population's (divided by n), as Bollinger, TA-Lib and Stock.Indicators have it; some libraries
 * divide by n − 1, which widens 20-value bands by 2.6 %.
 * Source: J. Bollinger, Bollinger on Bollinger Bands, 2001, p. 50.
 */
export function bollinger(values: ArrayLike<number>, options?: BollingerOptions): Columns<BollingerLine> {
  return runValueColumns(createBollingerKernel(options), names, values);
}

/** `bollinger` a value at a time. */
export function createBollinger(options?: BollingerOptions): Indicator<number, Row<BollingerLine>> {
  return streamValueColumns(createBollingerKernel(options), names);
}

/** The engine of `bollinger`, for indicators built upon it. */
export function createBollingerKernel({
  period = 20,
  deviations = 2
}: BollingerOptions = {}): ValueColumnsKernel<BollingerLine> {
  assertPeriod(period);
  assertFactor(deviations, "deviations");
  const moments = createMovingMoments(period);
  return (values, {middle, upper, lower}) => {
    moments(values, middle, upper);
    for (let i = 0; i < values.length; ++i) {
      const width = deviations * Math.sqrt(upper[i]!);
      upper[i] = middle[i]! + width;
      lower[i] = middle[i]! - width;
    }
  };
}
