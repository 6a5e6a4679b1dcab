import * as Plot from "npm:@observablehq/plot";
import type {Estimate, EvidenceGrade} from "../../services/domain/estimate.js";
import type {Formats} from "../format/create-formats.js";
import {emptyState} from "../parts/states.js";
import {extent} from "./extent.js";

/** An effect of one group, as of one hour of the day. */
export interface IntervalRow {
  readonly label: string;
  readonly estimate: Estimate;
  readonly grade?: EvidenceGrade;
}

/**
 * How effects are drawn and read: against which value, in which colours, and as what text; all in the estimates' unit.
 */
export interface IntervalDotsOptions {
  readonly width: number; // px
  readonly format: Formats;
  /** A value on the axis. */
  readonly tickFormat: (value: number) => string;
  /** A value where it is read off; as on the axis unless told. */
  readonly valueFormat?: (value: number) => string;
  /** What no effect is; drawn as a line. */
  readonly reference?: number; // 0
  /** Whether above and below the reference are gain and loss; `neutral` gives what is told from it one plain colour. */
  readonly tone?: "signed" | "neutral"; // signed
  /** What it shows, for those who cannot see it. */
  readonly label: string;
}

/** Height of the chart with so many rows. */
export function intervalDotsHeight(rows: number): number {
  return rows * 24 + 48;
}

/**
 * Means with their intervals, one row a group, n at the right. What cannot be told from *reference* is grey; a group
 * without a value keeps its row, empty, with its n.
 */
export function intervalDots(rows: readonly IntervalRow[], options: IntervalDotsOptions): Node {
  const {width, format, tickFormat, reference = 0, tone = "signed", label} = options;
  if (rows.length === 0) return emptyState("No group to compare.", "It fills as the account trades.");
  const drawn = rows.filter(({estimate}) => estimate.value !== undefined);
  const bound = (row: IntervalRow, side: "low" | "high") => row.estimate[side] ?? row.estimate.value!;
  const ends = drawn.flatMap((row) => [bound(row, "low"), bound(row, "high")]);
  const colour = (row: IntervalRow) => toneOf(row, reference, tone);
  const y = ({label}: IntervalRow) => label;
  return Plot.plot({
    className: "tape-chart",
    ariaLabel: label,
    width,
    height: intervalDotsHeight(rows.length),
    marginTop: 24,
    marginRight: 56,
    marginBottom: 24,
    marginLeft: 16 + Math.max(...rows.map((row) => row.label.length)) * 7,
    x: {domain: extent([ends, [reference]]), axis: null},
    y: {type: "point", domain: rows.map(y), axis: null, padding: 0.5},
    marks: [
      Plot.gridX({ticks: 5, stroke: "var(--grid)", strokeOpacity: 1}),
      Plot.axisX({ticks: Math.max(3, Math.floor(width / 120)), tickSize: 0, tickFormat, label: null}),
      Plot.axisY({tickSize: 0, label: null, tickPadding: 8}),
      Plot.ruleX([reference], {stroke: "var(--theme-foreground-faint)"}),
      Plot.ruleY(drawn, {
        y,
        x1: (row) => bound(row, "low"),
        x2: (row) => bound(row, "high"),
        stroke: colour,
        strokeWidth: 1.5
      }),
      Plot.dot(drawn, {y, x: ({estimate}) => estimate.value!, r: 4, fill: colour, stroke: "var(--theme-background)"}),
      Plot.text(rows, {
        y,
        text: ({estimate}) => format.count(estimate.n),
        frameAnchor: "right",
        textAnchor: "end",
        dx: 48
      }),
      Plot.text(["n"], {frameAnchor: "top-right", textAnchor: "end", dx: 48, dy: -14}),
      Plot.tip(
        drawn,
        Plot.pointerY({y, x: ({estimate}) => estimate.value!, title: (row: IntervalRow) => tipText(row, options)})
      )
    ]
  });
}

/** Grey unless the interval, and the grade where there is one, tell the value from the reference. */
function toneOf({estimate, grade}: IntervalRow, reference: number, tone: "signed" | "neutral"): string {
  const {value, low = -Infinity, high = Infinity} = estimate;
  const isTold = low > reference || high < reference;
  if (!isTold || grade === "none" || value === undefined) return "var(--none)";
  if (tone === "neutral") return "var(--series-1)";
  return value > reference ? "var(--up)" : "var(--down)";
}

function tipText(
  {label, estimate, grade}: IntervalRow,
  {tickFormat, valueFormat = tickFormat, format}: IntervalDotsOptions
): string {
  const {value, low, high, n} = estimate;
  const interval = low === undefined || high === undefined ? "" : `\n95 %: ${valueFormat(low)} to ${valueFormat(high)}`;
  const evidence = grade === undefined ? "" : `\n${grade === "none" ? "no" : grade} evidence`;
  return `${label}: ${valueFormat(value!)}${interval}\nn = ${format.count(n)}${evidence}`;
}
