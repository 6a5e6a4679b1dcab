import * as Plot from "npm:@observablehq/plot";
import type {TapeLayout} from "./tape-layout.js";

const half = 0.35; // of a place, each side

/** Candles as marks: rising bars hollow, falling bars filled, so that colour is not all that tells them apart. */
export function candleMarks({bars, position}: TapeLayout): Plot.Markish[] {
  const {open, high, low, close, length} = bars;
  const rows = Array.from({length}, (_, i) => i);
  const rising = rows.filter((i) => close[i]! > open[i]!);
  const falling = rows.filter((i) => close[i]! < open[i]!);
  const flat = rows.filter((i) => close[i]! === open[i]!);
  const x = (i: number) => position[i]!;
  const wick = (data: number[], stroke: string) =>
    Plot.ruleX(data, {x, y1: (i: number) => low[i]!, y2: (i: number) => high[i]!, stroke});
  const body = (data: number[], fill: string, stroke: string) =>
    Plot.rect(data, {
      x1: (i: number) => x(i) - half,
      x2: (i: number) => x(i) + half,
      y1: (i: number) => open[i]!,
      y2: (i: number) => close[i]!,
      fill,
      stroke
    });
  return [
    wick(rising, "var(--up)"),
    wick(falling, "var(--down)"),
    wick(flat, "var(--none)"),
    body(rising, "var(--theme-background)", "var(--up)"),
    body(falling, "var(--down)", "var(--down)"),
    Plot.ruleY(flat, {
      x1: (i: number) => x(i) - half,
      x2: (i: number) => x(i) + half,
      y: (i: number) => close[i]!,
      stroke: "var(--none)"
    })
  ];
}
