import type {ValueKernel} from "./value-kernel.js";

/**
 * Exponential smoothing seeded with the simple mean: NaN for the first *period* − 1 values, their mean with the next
 * one at *period*, and from then on moved by *weight* of the distance to each value.
 *
 * The EMA is this with weight 2 / (period + 1), Wilder's average with 1 / period.
 */
export function createSmoothing(period: number, weight: number, state = createSmoothingState()): ValueKernel {
  return (values, out) => {
    let i = 0;
    let seen = state[SEEN]!;
    let average = state[AVERAGE]!; // a local, so that the loops below stay in registers
    for (; i < values.length && seen < period; ++i) {
      average += values[i]!;
      if (++seen === period) average /= period;
      out[i] = seen === period ? average : NaN;
    }
    for (; i < values.length; ++i) {
      average += weight * (values[i]! - average);
      out[i] = average;
    }
    state[SEEN] = seen;
    state[AVERAGE] = average;
  };
}

const SEEN = 0;
/** Where in its state a smoothing keeps the average. */
export const AVERAGE = 1;

/** Where a smoothing stands: the values it has seen, up to its period, and the average, their sum until then. */
export function createSmoothingState(): Float64Array {
  return new Float64Array(2);
}
