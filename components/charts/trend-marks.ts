import * as Plot from "npm:@observablehq/plot";
import type {EpochMs} from "../../services/domain/time.js";
import type {TapeLayout} from "./tape-layout.js";

/** A trend start as a chart draws it. */
export interface TrendMark {
  readonly isUp: boolean;
  /** Where the trend started. */
  readonly time: EpochMs;
  /** The bar at whose close it was known; `undefined` for a candidate that nothing has confirmed. */
  readonly knownAt: EpochMs | undefined;
  readonly price: number;
  /** Put between two others, not confirmed by a rule of its own. */
  readonly isForced: boolean;
}

/** Where marks stand: at the bar at whose close each was known, or at the bar it names. */
export type TrendView = "then" | "now";

interface Placed extends TrendMark {
  /** Place and edge of the bar that bears the mark. */
  readonly x: number;
  readonly y: number;
  /** Place of the bar where the trend started. */
  readonly at: number;
}

/**
 * Trend starts as triangles that point their way: filled for confirmed ones, hollow for forced ones, a question mark
 * for candidates. As known then, a dotted line runs from where the trend started to the bar that made it known.
 */
export function trendMarks(layout: TapeLayout, marks: readonly TrendMark[], view: TrendView): Plot.Markish[] {
  const placed = place(layout, marks, view);
  const halo = {stroke: "var(--theme-background)", strokeWidth: 4, fontSize: 11} as const;
  const lagged = placed.filter(({knownAt}) => view === "then" && knownAt !== undefined);
  return [
    Plot.ruleY(lagged, {
      ...{y: "price", x1: "at", x2: "x"},
      ...{stroke: "var(--theme-foreground-faint)", strokeDasharray: "1,3"}
    }),
    Plot.dot(lagged, {x: "at", y: "price", r: 1.5, fill: "var(--theme-foreground-faint)"}),
    ...[true, false].map((isUp) =>
      Plot.text(
        placed.filter((mark) => mark.isUp === isUp),
        {
          ...{x: "x", y: "y", text: glyph, dy: isUp ? 12 : -12, ...halo},
          fill: (mark: Placed) =>
            mark.knownAt === undefined ? "var(--theme-foreground-muted)" : mark.isUp ? "var(--up)" : "var(--down)"
        }
      )
    )
  ];
}

function glyph({isUp, isForced, knownAt}: Placed): string {
  if (knownAt === undefined) return "?";
  if (isForced) return isUp ? "△" : "▽";
  return isUp ? "▲" : "▼";
}

/** Marks by the places of their bars; one that began before the bars shown is drawn from the edge. */
function place({bars, position}: TapeLayout, marks: readonly TrendMark[], view: TrendView): Placed[] {
  const rows = new Map(Array.from(bars.time, (time, i) => [time, i]));
  return marks.flatMap((mark) => {
    const row = rows.get(view === "then" ? (mark.knownAt ?? mark.time) : mark.time);
    if (row === undefined) return [];
    const start = rows.get(mark.time);
    const y = mark.isUp ? bars.low[row]! : bars.high[row]!;
    return [{...mark, x: position[row]!, y, at: start === undefined ? 0 : position[start]!}];
  });
}
