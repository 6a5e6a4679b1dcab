/** Count, mean and central moments of a sample, gathered in one stable pass. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** Sum of squared distances from the mean. */
  readonly squares: number;
}

/**
 * Mean and sum of squared distances, by Welford's update, which does not cancel as a sum of squares does.
 *
 * @returns mean NaN and squares 0 for no values
 *
 * Source: Welford, *Technometrics* 4 (1962), 419–420.
 */
export function moments(values: ArrayLike<number>): Moments {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; ++i) {
    const distance = values[i]! - mean;
    mean += distance / (i + 1);
    squares += distance * (values[i]! - mean);
  }
  return {n: values.length, mean: values.length > 0 ? mean : NaN, squares};
}

/** Arithmetic mean; NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  return moments(values).mean;
}

/**
 * Sample standard deviation: squares over n − 1. NaN for fewer than two values.
 *
 * @example deviation([2, 4, 4, 4, 5, 5, 7, 9]) // 2.138…
 */
export function deviation(values: ArrayLike<number>): number {
  const {n, squares} = moments(values);
  return n > 1 ? Math.sqrt(squares / (n - 1)) : NaN;
}

/**
 * Population standard deviation: squares over n, as MetaTrader's Sharpe and Bollinger's bands use. NaN for no values.
 *
 * @example populationDeviation([2, 4, 4, 4, 5, 5, 7, 9]) // 2
 */
export function populationDeviation(values: ArrayLike<number>): number {
  const {n, squares} = moments(values);
  return n > 0 ? Math.sqrt(squares / n) : NaN;
}

/**
 * Skewness and kurtosis by population moments: a normal sample tends to 0 and 3 (kurtosis is not "excess").
 *
 * @returns NaN both where the values do not vary
 */
export function shape(values: ArrayLike<number>): {skewness: number; kurtosis: number} {
  const {n, mean: center, squares} = moments(values);
  let [cubes, fourths] = [0, 0];
  for (let i = 0; i < n; ++i) {
    const distance = values[i]! - center;
    cubes += distance ** 3;
    fourths += distance ** 4;
  }
  const variance = squares / n;
  if (!(variance > 0)) return {skewness: NaN, kurtosis: NaN};
  return {skewness: cubes / n / variance ** 1.5, kurtosis: fourths / n / variance ** 2};
}
