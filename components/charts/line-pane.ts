import * as Plot from "npm:@observablehq/plot";
import {extent} from "./extent.js";
import {lineLabels, lineMarks, type TapeLine} from "./line-marks.js";
import type {TapeLayout} from "./tape-layout.js";
import {type PaneContext, tapePane} from "./tape-pane.js";

/** A pane of lines under the candles, as RSI. */
export interface LinePane {
  readonly line: TapeLine;
  /** Fixed ends of the axis; those of the values unless told. */
  readonly domain?: readonly [number, number];
  /** Levels drawn across, as 30 and 70, which the axis names. */
  readonly levels?: readonly number[];
  readonly format: (value: number) => string;
}

/** One line in a pane of its own, its levels dashed across. */
export function linePane(layout: TapeLayout, {line, levels = [], format, ...pane}: LinePane, context: PaneContext) {
  const domain = pane.domain ?? extent([line.values]);
  return tapePane(layout, {
    ...context,
    domain,
    label: line.label,
    tickFormat: format,
    ticks: levels.length > 0 ? levels : 3,
    marks: [
      Plot.ruleY(levels, {stroke: "var(--theme-foreground-fainter)", strokeDasharray: "2,3"}),
      ...lineMarks(layout, [line]),
      ...lineLabels(layout, [line], {domain, height: context.height})
    ]
  });
}
