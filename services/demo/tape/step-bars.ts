/** Bars in whole steps of the price, as columns; the opening of each is the close of the one before. */
export interface StepBars {
  readonly length: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** One bar in whole steps of the price. */
export interface StepBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Bars of a length, all zero, to be filled. */
export function createStepBars(length: number): StepBars {
  return {
    length,
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length)
  };
}

/** The bar of a row. */
export function stepBarAt({open, high, low, close, volume}: StepBars, i: number): StepBar {
  return {open: open[i]!, high: high[i]!, low: low[i]!, close: close[i]!, volume: volume[i]!};
}

/** The bar that rows *from* up to *to* fold into. */
export function foldSteps(parts: StepBars, from = 0, to = parts.length): StepBar {
  let [high, low, volume] = [-Infinity, Infinity, 0];
  for (let i = from; i < to; ++i) {
    high = Math.max(high, parts.high[i]!);
    low = Math.min(low, parts.low[i]!);
    volume += parts.volume[i]!;
  }
  return {open: parts.open[from]!, high, low, close: parts.close[to - 1]!, volume};
}
