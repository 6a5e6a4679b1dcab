import {fitted} from "../charts/fitted.js";
import {intervalDots, intervalDotsHeight} from "../charts/interval-dots.js";
import type {Formats} from "../format/create-formats.js";
import {chartFrame} from "../parts/chart-frame.js";
import {type EstimateRow, estimateTable} from "./estimate-table.js";

/** The words around estimates of several groups, and the value that they are held against, in their unit. */
export interface EstimatePanelOptions {
  /** The finding. */
  readonly title: string;
  /** What, unit, n and period. */
  readonly subtitle: string;
  /** The name of the table and its file. */
  readonly caption: string;
  /** The head of the value's column. */
  readonly measure: string;
  readonly unit: string;
  /** A value with its interval, as shown. */
  readonly text: (value: number) => string;
  /** A value on the axis; as elsewhere unless told. */
  readonly tickFormat?: (value: number) => string;
  /** What no effect is; drawn as a line. */
  readonly reference: number;
  readonly format: Formats;
  readonly source: Node; // from `evidenceLine`
}

/** Estimates of several groups side by side, each with its interval and its n; what cannot be told from the reference is grey. */
export function estimatePanel(rows: readonly EstimateRow[], options: EstimatePanelOptions): HTMLElement {
  const {title, subtitle, caption, measure, unit, text, tickFormat = text, reference, format, source} = options;
  const dots = {format, tickFormat, valueFormat: text, reference, tone: "neutral" as const, label: caption};
  return chartFrame({
    title,
    subtitle,
    chart: fitted((width) => intervalDots(rows, {...dots, width}), {height: intervalDotsHeight(rows.length)}),
    table: () => estimateTable(rows, {caption, measure, unit, text, format}),
    source
  });
}
