import * as Plot from "npm:@observablehq/plot";
import {emptyState} from "../parts/states.js";

/** One line of exposure: signed, long above zero. */
export interface ExposureRow {
  readonly label: string;
  readonly value: number; // in any one unit for all rows
}

/**
 * How wide the bars are drawn and how their values read; the height follows from the rows, see `exposureBarsHeight`.
 */
export interface ExposureBarsOptions {
  readonly width: number; // px
  /** A value as its label at the bar's end. */
  readonly text: (value: number) => string;
  /** What it shows, for those who cannot see it. */
  readonly label: string;
}

/** Height of the chart with so many rows. */
export function exposureBarsHeight(rows: number): number {
  return rows * 28 + 16;
}

/** Signed bars from a zero line, largest first, each with its value at its end; long hollow, short filled. */
export function exposureBars(rows: readonly ExposureRow[], {width, text, label}: ExposureBarsOptions): Node {
  if (rows.length === 0) return emptyState("No open position.", "Exposure appears while the account holds one.");
  const sorted = [...rows].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const longest = Math.max(...rows.map(({value}) => Math.abs(value)), Number.MIN_VALUE);
  const hasShort = rows.some(({value}) => value < 0);
  const hasLong = rows.some(({value}) => value > 0) || !hasShort;
  const y = (row: ExposureRow) => row.label;
  const tone = ({value}: ExposureRow) => (value < 0 ? "var(--down)" : "var(--up)");
  return Plot.plot({
    className: "tape-chart",
    ariaLabel: label,
    width,
    height: exposureBarsHeight(rows.length),
    marginTop: 8,
    marginBottom: 8,
    marginLeft: Math.max(...rows.map((row) => row.label.length)) * 7.5 + 16 + (hasShort ? 80 : 0),
    marginRight: hasLong ? 96 : 8,
    x: {domain: [hasShort ? -longest : 0, hasLong ? longest : 0], axis: null},
    y: {domain: sorted.map(y), axis: null, padding: 0.35},
    marks: [
      Plot.axisY({tickSize: 0, label: null, tickPadding: hasShort ? 88 : 8}),
      Plot.barX(sorted, {y, x: "value", fill: (row) => (row.value < 0 ? "var(--down)" : "none"), stroke: tone}),
      Plot.ruleX([0], {stroke: "var(--theme-foreground-faint)"}),
      Plot.text(sorted, {
        y,
        x: "value",
        text: (row: ExposureRow) => text(row.value),
        dx: 8,
        textAnchor: "start",
        filter: (row: ExposureRow) => row.value >= 0,
        fill: "var(--theme-foreground)"
      }),
      Plot.text(sorted, {
        y,
        x: "value",
        text: (row: ExposureRow) => text(row.value),
        dx: -8,
        textAnchor: "end",
        filter: (row: ExposureRow) => row.value < 0,
        fill: "var(--theme-foreground)"
      })
    ]
  });
}
