import {createEmaKernel, emaWeight} from "./ema.js";
import {type Columns, type Indicator, type Row, sliceColumns} from "./indicator.js";
import {AVERAGE, createSmoothingState} from "./smoothing.js";
import {afterWarmup, runValueColumns, streamValueColumns, type ValueColumnsKernel} from "./value-kernel.js";

/** The spans of MACD's three averages, in values; fast below slow. */
export interface MacdOptions {
  /** Period of the fast average; default 12. */
  readonly fast?: number;
  /** Period of the slow average; default 26. */
  readonly slow?: number;
  /** Period of the signal line; default 9. */
  readonly signal?: number;
}

const names = ["macd", "signal", "histogram"] as const;

/** A column of MACD, in the unit of the values; `histogram` is `macd` less `signal`. */
export type MacdLine = (typeof names)[number];

/**
 * Moving average convergence/divergence (MACD): a fast exponential average less a slow one, its own average as the
 * signal, and the histogram between the two.
 *
 * @param values prices, oldest first; leading NaN are passed over
 * @returns columns `macd`, `signal`, `histogram`, each as long as the values and in their unit; `macd` is NaN for the
 * first *slow* − 1, the others for the first *slow* + *signal* − 2
 * @throws {RangeError} if a period is not a positive whole number or fast is not below slow; or a value is missing
 * @example macd([1, 2, 4, 8], {fast: 1, slow: 2, signal: 2}) // macd [NaN, 0.5, 0.83…, 1.61…]
 *
 * Each average is seeded with its own simple mean. TA-Lib starts the fast one later, with the slow one's first value,
 * so its first results differ, and agree after some multiples of the period.
 * Source: G. Appel, The Moving Average Convergence-Divergence Method, 1979.
 */
export function macd(values: ArrayLike<number>, options?: MacdOptions): Columns<MacdLine> {
  return runValueColumns(createMacdKernel(options), names, values);
}

/** `macd` a value at a time. */
export function createMacd(options?: MacdOptions): Indicator<number, Row<MacdLine>> {
  return streamValueColumns(createMacdKernel(options), names);
}

/** The engine of `macd`, for indicators built upon it. */
export function createMacdKernel({fast = 12, slow = 26, signal = 9}: MacdOptions = {}): ValueColumnsKernel<MacdLine> {
  const states = {fast: createSmoothingState(), slow: createSmoothingState(), signal: createSmoothingState()};
  const averages = {
    fast: createEmaKernel({period: fast}, states.fast),
    slow: createEmaKernel({period: slow}, states.slow),
    signal: afterWarmup(createEmaKernel({period: signal}, states.signal))
  };
  if (!(fast < slow)) throw new RangeError(`fast period not below slow: ${fast}, ${slow}`);
  let cold = slow + signal - 1; // values before all three are warm

  function warmUp(values: Float64Array, {macd: line, signal: mean, histogram}: Columns<MacdLine>): void {
    averages.fast(values, line);
    averages.slow(values, histogram);
    for (let i = 0; i < values.length; ++i) line[i]! -= histogram[i]!;
    averages.signal(line, mean);
    for (let i = 0; i < values.length; ++i) histogram[i] = line[i]! - mean[i]!;
  }

  return (values, out) => {
    const first = Math.min(cold, values.length);
    if (first > 0) warmUp(values.subarray(0, first), sliceColumns(out, 0, first));
    cold -= first;
    if (first < values.length) smoothThree(states, {fast, slow, signal}, values, out, first);
  };
}

/** All three averages in one loop, since each waits for its own last value and so leaves time for the others. */
function smoothThree(
  states: Readonly<Record<"fast" | "slow" | "signal", Float64Array>>,
  periods: Readonly<Record<"fast" | "slow" | "signal", number>>,
  values: Float64Array,
  {macd: lines, signal: means, histogram}: Columns<MacdLine>,
  first: number
): void {
  const [fastWeight, slowWeight] = [emaWeight(periods.fast), emaWeight(periods.slow)];
  const signalWeight = emaWeight(periods.signal);
  let [fast, slow, signal] = [states.fast[AVERAGE]!, states.slow[AVERAGE]!, states.signal[AVERAGE]!];
  for (let i = first; i < values.length; ++i) {
    const value = values[i]!;
    fast += fastWeight * (value - fast);
    slow += slowWeight * (value - slow);
    const line = fast - slow;
    signal += signalWeight * (line - signal);
    lines[i] = line;
    means[i] = signal;
    histogram[i] = line - signal;
  }
  states.fast[AVERAGE] = fast;
  states.slow[AVERAGE] = slow;
  states.signal[AVERAGE] = signal;
}
