import * as Plot from "npm:@observablehq/plot";
import type {Formats} from "../format/create-formats.js";
import {emptyState} from "../parts/states.js";

/** A place on the histogram, as a value at risk. */
export interface HistogramMarker {
  readonly value: number; // a fraction, below zero a loss
  readonly label: string;
}

/** How returns, all fractions, are drawn, which levels are named above them, and where the tail of losses begins. */
export interface ReturnHistogramOptions {
  readonly width: number; // px
  readonly format: Formats;
  /** A return on the axis. */
  readonly tickFormat: (value: number) => string;
  readonly height?: number; // px; 280
  readonly markers?: readonly HistogramMarker[]; // none
  /** Returns at or below it are coloured as losses. */
  readonly tail?: number; // −∞, so none
  /** What it shows, for those who cannot see it. */
  readonly label: string;
}

const markerRoom = 16;
const fewestReturns = 10;

/** How often each size of return came, with the marks of risk named above. Bars start at zero. */
export function returnHistogram(returns: ArrayLike<number>, options: ReturnHistogramOptions): Node {
  const {width, format, tickFormat, height = 280, markers = [], tail = -Infinity, label} = options;
  if (returns.length < fewestReturns) {
    const cause =
      returns.length === 0
        ? "No returns yet."
        : `${format.count(returns.length)} of ${fewestReturns} returns needed to draw.`;
    return emptyState(cause, "It fills with each closed session.");
  }
  const isTail = (value: number) => value <= tail;
  const thresholds = Math.max(12, Math.min(48, Math.floor(width / 16)));
  const bars = {x: (value: number) => value, fill: isTail, thresholds, insetLeft: 0.5, insetRight: 0.5};
  return Plot.plot({
    className: "tape-chart",
    ariaLabel: label,
    width,
    height,
    marginTop: 8 + markers.length * markerRoom,
    marginRight: 48,
    marginBottom: 32,
    marginLeft: 24,
    x: {axis: null, nice: true},
    y: {axis: null},
    color: {type: "ordinal", domain: [true, false], range: ["var(--down)", "var(--theme-foreground-fainter)"]},
    marks: [
      Plot.gridY({ticks: 4, stroke: "var(--grid)", strokeOpacity: 1}),
      Plot.axisY({anchor: "right", ticks: 4, tickSize: 0, tickPadding: 8, label: null, tickFormat: whole}),
      Plot.axisX({
        ticks: Math.floor(width / 110),
        tickSize: 4,
        stroke: "var(--theme-foreground-fainter)",
        tickFormat,
        label: null
      }),
      Plot.rectY(Array.from(returns), Plot.binX({y: "count"}, bars)),
      Plot.ruleX([0], {stroke: "var(--theme-foreground-faint)", strokeDasharray: "1,3"}),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-faint)"}),
      ...markers.flatMap(markerMarks)
    ]
  });
}

/** Counts are whole: no name between them. */
const whole = (value: number) => (Number.isInteger(value) ? String(value) : "");

/** Each mark has a line of its own above the bars, so that names never touch. */
function markerMarks({value, label}: HistogramMarker, i: number): Plot.Markish[] {
  const up = i * markerRoom;
  return [
    Plot.ruleX([value], {stroke: "var(--theme-foreground)", insetTop: -up, strokeWidth: 1}),
    Plot.text([label], {
      x: value,
      frameAnchor: "top",
      textAnchor: "start",
      dx: 4,
      dy: -up,
      fill: "var(--theme-foreground)",
      stroke: "var(--theme-background)",
      strokeWidth: 4
    })
  ];
}
