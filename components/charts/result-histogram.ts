import * as Plot from "npm:@observablehq/plot";
import {ticks} from "npm:d3";
import type {Estimate} from "../../services/domain/estimate.js";
import type {Formats} from "../format/create-formats.js";
import {emptyState} from "../parts/states.js";

/** A range of results and how many fell into it: low ≤ result < high. */
export interface ResultBin {
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** How results are drawn and read; the bars do not depend on it, see `resultBins`. */
export interface ResultHistogramOptions {
  readonly width: number; // px
  readonly format: Formats;
  /** A result on the axis. */
  readonly tickFormat: (value: number) => string;
  readonly height?: number; // px; 280
  /** The mean with its interval, drawn over the bars. */
  readonly mean?: Estimate;
  /** What it shows, for those who cannot see it. */
  readonly label: string;
}

/**
 * About so many ranges of round width that hold all results, zero being an edge, so that no bar mixes gains with losses.
 * A result of just zero counts with the gains.
 */
export function resultBins(results: ArrayLike<number>, count = 30): ResultBin[] {
  const values = Array.from(results);
  if (values.length === 0) return [];
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const inside = ticks(low, high, count);
  const step = inside.length > 1 ? inside[1]! - inside[0]! : Math.max(1, high - low);
  const first = rangeOf(low, step);
  const length = rangeOf(high, step) + 1 - first;
  const counts = new Array<number>(length).fill(0);
  for (const value of values) counts[rangeOf(value, step) - first]! += 1;
  return counts.map((n, i) => ({low: (first + i) * step, high: (first + i + 1) * step, n}));
}

/** The range k that holds a value, k·step ≤ value < (k + 1)·step by the very edges that are shown. */
function rangeOf(value: number, step: number): number {
  const k = Math.floor(value / step);
  if (value < k * step) return k - 1;
  return value >= (k + 1) * step ? k + 1 : k;
}

/** How often each size of result came: losses left of zero, gains right of it, the mean and its interval above. */
export function resultHistogram(results: ArrayLike<number>, options: ResultHistogramOptions): Node {
  const {width, format, tickFormat, height = 280, mean, label} = options;
  const bins = resultBins(results); // the same at any width, as in the table behind
  if (bins.length === 0) return emptyState("No results yet.", "It fills with each close.");
  const fill = ({low}: ResultBin) => (low < 0 ? "var(--down)" : "var(--up)");
  const range = ({low, high}: ResultBin) => `${tickFormat(low)} to ${tickFormat(high)}`;
  return Plot.plot({
    className: "tape-chart",
    ariaLabel: label,
    width,
    height,
    marginTop: 40,
    marginRight: 48,
    marginBottom: 32,
    marginLeft: 24,
    x: {axis: null, domain: [bins[0]!.low, bins.at(-1)!.high]},
    y: {axis: null},
    marks: [
      Plot.gridY({ticks: 4, stroke: "var(--grid)", strokeOpacity: 1}),
      Plot.axisY({
        anchor: "right",
        ticks: 4,
        tickSize: 0,
        tickPadding: 8,
        label: null,
        tickFormat: (n: number) => (Number.isInteger(n) ? format.count(n) : "")
      }),
      Plot.axisX({
        ticks: Math.floor(width / 110),
        tickSize: 4,
        stroke: "var(--theme-foreground-fainter)",
        tickFormat,
        label: null
      }),
      Plot.rect(bins, {
        x1: "low",
        x2: "high",
        y1: 0,
        y2: "n",
        fill,
        fillOpacity: ({low}: ResultBin) => (low < 0 ? 0.8 : 0.35),
        stroke: fill,
        insetLeft: 1,
        insetRight: 1
      }),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-faint)"}),
      Plot.ruleX([0], {stroke: "var(--theme-foreground)", strokeWidth: 1.5}),
      ...meanMarks(mean, width),
      Plot.tip(
        bins,
        Plot.pointerX({
          x: ({low, high}: ResultBin) => (low + high) / 2,
          y: "n",
          title: (bin: ResultBin) => `${range(bin)}\n${format.count(bin.n)}`
        })
      )
    ]
  });
}

/** The mean as a line with its interval as a band behind the bars' height, named above them. */
function meanMarks(mean: Estimate | undefined, width: number): Plot.Markish[] {
  if (mean?.value === undefined) return [];
  const {value, low, high} = mean;
  const ink = "var(--theme-foreground)";
  const text = low === undefined || width < 480 ? "mean" : "mean, 95 % within the band";
  const band =
    low === undefined || high === undefined
      ? null
      : Plot.rect([value], {x1: low, x2: high, fill: ink, fillOpacity: 0.12, insetTop: -12});
  return [
    band,
    Plot.ruleX([value], {stroke: ink, insetTop: -12, strokeWidth: 1.25, strokeDasharray: "3,2"}),
    Plot.text([text], {
      frameAnchor: "top",
      x: value,
      dy: -24,
      fill: ink,
      stroke: "var(--theme-background)",
      strokeWidth: 4
    })
  ];
}
