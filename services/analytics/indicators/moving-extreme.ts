import type {ValueKernel} from "./value-kernel.js";

/**
 * Moving extreme: the highest (side 1) or lowest (side −1) of the last *period* values, NaN before there are so many.
 *
 * Values are cut into blocks of *period*; every window is the tail of one block and the head of the next, so that three
 * comparisons a value do, whatever the period.
 * Source: M. van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels",
 * Pattern Recognition Letters 13 (1992), p. 517.
 */
export function createMovingExtreme(period: number, side: 1 | -1): ValueKernel {
  const tail = new Float64Array(period + 1).fill(-Infinity); // slot k: this block's value once seen, else the last block's best from k on
  let position = 0;
  let best = -Infinity;
  let warm = false;
  return (values, out) => {
    let head = best; // locals, so that the loop stays in registers
    let k = position;
    for (let i = 0; i < values.length; ++i) {
      const value = side * values[i]!;
      head = Math.max(head, value);
      tail[k++] = value;
      const behind = tail[k]!;
      const isBlockFull = k === period;
      out[i] = warm || isBlockFull ? side * Math.max(behind, head) : NaN;
      if (!isBlockFull) continue;
      while (--k > 0) if (tail[k]! > tail[k - 1]!) tail[k - 1] = tail[k]!;
      head = -Infinity;
      warm = true;
    }
    best = head;
    position = k;
  };
}
