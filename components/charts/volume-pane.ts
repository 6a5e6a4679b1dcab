import * as Plot from "npm:@observablehq/plot";
import type {TapeLayout} from "./tape-layout.js";
import {type PaneContext, tapePane} from "./tape-pane.js";

/** Volume under the candles, from zero, in the colour of its bar. */
export function volumePane(layout: TapeLayout, context: PaneContext) {
  const {bars, position} = layout;
  const rows = Array.from({length: bars.length}, (_, i) => i);
  const highest = bars.volume.reduce((max, value) => Math.max(max, value), 0);
  const fill = (i: number) => (bars.close[i]! >= bars.open[i]! ? "var(--up)" : "var(--down)");
  const bar = {x1: (i: number) => position[i]! - 0.35, x2: (i: number) => position[i]! + 0.35, y1: 0};
  return tapePane(layout, {
    ...context,
    domain: [0, highest || 1],
    ticks: highest === 0 ? [] : 2,
    label: "Volume",
    marginTop: 20,
    tickFormat: context.format.short,
    marks: [
      Plot.rect(rows, {...bar, y2: (i: number) => bars.volume[i]!, fill, fillOpacity: 0.45}),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"}),
      paneTitle(highest === 0 ? "Volume: none reported" : "Volume")
    ]
  });
}

function paneTitle(text: string): Plot.Markish {
  return Plot.text([text], {
    frameAnchor: "top-left",
    textAnchor: "start",
    dx: 4,
    dy: -16,
    fill: "var(--theme-foreground-muted)"
  });
}
