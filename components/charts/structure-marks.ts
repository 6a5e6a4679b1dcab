import * as Plot from "npm:@observablehq/plot";
import type {EpochMs} from "../../services/domain/time.js";
import type {TapeLayout} from "./tape-layout.js";

/** Something found in the bars: where it sits, and the first bar at whose close it could be stated. */
export interface StructureMark {
  readonly kind: "swing" | "break";
  /** High or low of a swing; up or down of a break. */
  readonly isUp: boolean;
  readonly label: string;
  readonly time: EpochMs;
  readonly knownAt: EpochMs;
  readonly price: number;
}

interface Placed extends StructureMark {
  readonly at: number;
  readonly known: number;
}

/**
 * Swings as triangles where they sit, with a dotted line to the bar that confirmed them; breaks as a line from the
 * swing they broke to the bar that broke it, named there: at the time it was known and not before.
 */
export function structureMarks(layout: TapeLayout, marks: readonly StructureMark[]): Plot.Markish[] {
  const placed = place(layout, marks);
  const swings = placed.filter(({kind}) => kind === "swing");
  const breaks = placed.filter(({kind}) => kind === "break");
  const tone = ({isUp}: Placed) => (isUp ? "var(--up)" : "var(--down)");
  const halo = {stroke: "var(--theme-background)", strokeWidth: 4} as const;
  return [
    Plot.ruleY(swings, {
      y: "price",
      x1: "at",
      x2: "known",
      stroke: "var(--theme-foreground-faint)",
      strokeDasharray: "1,3"
    }),
    Plot.dot(swings, {x: "known", y: "price", r: 1.5, fill: "var(--theme-foreground-faint)"}),
    ...[true, false].map((isUp) =>
      Plot.text(
        swings.filter((swing) => swing.isUp === isUp),
        {
          x: "at",
          y: "price",
          text: () => (isUp ? "▽" : "△"),
          dy: isUp ? -8 : 8,
          fill: "var(--theme-foreground)",
          ...halo
        }
      )
    ),
    Plot.ruleY(breaks, {y: "price", x1: "at", x2: "known", stroke: tone, strokeWidth: 1.25}),
    ...[true, false].map((isUp) =>
      Plot.text(
        breaks.filter((event) => event.isUp === isUp),
        {
          x: "known",
          y: "price",
          text: "label",
          textAnchor: "end",
          dy: isUp ? -8 : 10,
          fontWeight: 600,
          fill: tone,
          ...halo
        }
      )
    )
  ];
}

/** Marks by the places of their bars; one that began before the bars shown is drawn from the edge. */
function place({bars, position}: TapeLayout, marks: readonly StructureMark[]): Placed[] {
  const places = new Map(Array.from(bars.time, (time, i) => [time, position[i]!]));
  return marks.flatMap((mark) => {
    const known = places.get(mark.knownAt);
    const at = places.get(mark.time) ?? (mark.time < (bars.time[0] ?? Infinity) ? 0 : undefined);
    return known === undefined || at === undefined ? [] : [{...mark, at, known}];
  });
}
