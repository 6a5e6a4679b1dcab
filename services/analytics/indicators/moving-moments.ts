import {createMovingWindow} from "./moving-window.js";

/** Reads values on, and writes the mean and the population's variance of the last *period* of them. */
export type MomentsKernel = (values: Float64Array, mean: Float64Array, variance: Float64Array) => void;

const WANDER = 32; // how far the squares may grow, or the variance shrink, before the window is worked out afresh

/**
 * Moving mean and variance, NaN before there are *period* values.
 *
 * Sums of distances, and of their squares, from a value near the window are carried from value to value, and worked out
 * afresh, from the window's last value, every eighth window and whenever the squares have grown, or the variance
 * shrunk, 32 times since. So a variance is right to *period* × 1e−11 of itself at worst, usually to 1e−13, however
 * large the prices beside their moves and whatever came before. A flat window has a variance of exactly 0, and none is
 * ever negative.
 */
export function createMovingMoments(period: number): MomentsKernel {
  const inverse = 1 / period;
  const state = new Float64Array(5); // origin, sum, squares; most squares and least variance that may be carried
  const window = createMovingWindow(period, {
    windows: 8,
    begin(values, start, [mean, variance], i) {
      const origin = values[start + period - 1]!;
      let sum = 0;
      let squares = 0;
      for (let k = start; k < start + period; ++k) {
        const distance = values[k]! - origin;
        sum += distance;
        squares += distance * distance;
      }
      mean![i] = origin + sum * inverse;
      variance![i] = Math.max(0, (squares - sum * sum * inverse) * inverse);
      state.set([origin, sum, squares, squares * WANDER, (squares * inverse) / WANDER]);
    },
    slide: (older, newer, out, from, to) => slideMoments(state, inverse, older, newer, out[0]!, out[1]!, from, to)
  });
  return (values, mean, variance) => window(values, [mean, variance]);
}

function slideMoments(
  state: Float64Array,
  inverse: number,
  older: Float64Array,
  newer: Float64Array,
  mean: Float64Array,
  variance: Float64Array,
  from: number,
  to: number
): number {
  const origin = state[0]!; // locals, so that the loop stays in registers
  const most = state[3]!;
  const least = state[4]!;
  let sum = state[1]!;
  let squares = state[2]!;
  let i = from;
  for (; i < to; ++i) {
    const come = newer[i]! - origin;
    const gone = older[i]! - origin;
    const nextSum = sum + (come - gone);
    const nextSquares = squares + (come - gone) * (come + gone);
    const distance = nextSum * inverse;
    const spread = nextSquares * inverse - distance * distance;
    if (!(spread >= least && nextSquares <= most)) break;
    mean[i] = origin + distance;
    variance[i] = spread;
    sum = nextSum;
    squares = nextSquares;
  }
  state[1] = sum;
  state[2] = squares;
  return i;
}
