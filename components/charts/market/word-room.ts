import type {Brush} from "../brush.js";
import {extent} from "../extent.js";
import type {MarketData} from "./market-data.js";

/** Pixels beside the plot for words. */
export interface WordRoom {
  /** For prices at the right edge. */
  readonly axis: number;
  /** For the names of lines, between the plot and the axis. */
  readonly gutter: number;
}

const narrowestAxis = 56; // the values of panes, as `12.3 M`, are not longer
const axisPadding = 16; // left and right of a price
const gutterPadding = 12; // about a name

/** Measures the longest words that stand beside a chart of these data, in the brush's font. */
export function wordRoom(brush: Brush, {layout, lines, panes}: MarketData, price: (value: number) => string): WordRoom {
  const widest = (words: readonly string[]) => Math.max(0, ...words.map((word) => brush.measureText(word).width));
  const names = [...lines, ...panes.flatMap((pane) => pane.lines)].map(({label}) => label);
  const prices = extent([layout.bars.low, layout.bars.high], 0).map(price);
  return {
    axis: Math.max(narrowestAxis, Math.ceil(widest(prices)) + axisPadding),
    gutter: names.length === 0 ? 0 : Math.ceil(widest(names)) + gutterPadding
  };
}
