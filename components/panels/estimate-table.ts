import type {Estimate, EvidenceGrade} from "../../services/domain/estimate.js";
import type {Formats} from "../format/create-formats.js";
import {dataTable} from "../parts/data-table.js";

/** One line of an estimate table. */
export interface EstimateRow {
  readonly label: string;
  readonly estimate: Estimate;
  readonly grade?: EvidenceGrade;
}

/** The heads of an estimate table, the unit of its values, and how these are written. */
export interface EstimateTableOptions {
  readonly caption: string;
  /** The head of the value's column. */
  readonly measure: string;
  readonly unit: string;
  /** A value, and either end of its interval, as shown. */
  readonly text: (value: number) => string;
  readonly format: Formats;
}

/** Estimates as a table: value, interval, n, p and grade, or why there is no value. */
export function estimateTable(rows: readonly EstimateRow[], options: EstimateTableOptions): HTMLElement {
  const {caption, measure, unit, text, format} = options;
  const number = (label: string, of: (estimate: Estimate) => number | undefined, show = text) => ({
    label,
    kind: "number" as const,
    value: ({estimate}: EstimateRow) => of(estimate),
    text: ({estimate}: EstimateRow) => {
      const value = of(estimate);
      return value === undefined ? "–" : show(value);
    }
  });
  return dataTable(
    rows,
    [
      {label: "Group", value: ({label}: EstimateRow) => label},
      {...number(measure, ({value}) => value), unit},
      number("95 % from", ({low}) => low),
      number("to", ({high}) => high),
      number("n", ({n}) => n, format.count),
      number(
        "p",
        ({p}) => p,
        (value) => format.number(value, {decimals: 3})
      ),
      {
        label: "Evidence",
        kind: "wrap",
        value: ({estimate, grade}: EstimateRow) => (estimate.value === undefined ? estimate.reason : (grade ?? "")),
        text: ({estimate, grade}: EstimateRow) =>
          estimate.value === undefined ? (estimate.reason ?? "") : (grade ?? "")
      }
    ],
    {caption}
  );
}
