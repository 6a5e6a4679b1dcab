import {MINUTE_MS} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {type Column, dataTable} from "../parts/data-table.js";
import {html} from "../parts/html.js";
import {decimalsOf} from "./number-words.js";
import {csvButton} from "./result-csv.js";
import {resultOfRows, type SqlColumn, type SqlResult, type SqlRows} from "./sql-result.js";
import type {SqlValue} from "./sql-value.js";

/** What a query's rows are called and how many of them are shown. */
export interface ResultTableOptions {
  /** What the rows are, and the name of the CSV file. */
  readonly caption?: string; // Rows
  /** Rows shown; the file holds all. */
  readonly limit?: number; // 200
}

/**
 * A query's rows as a table: columns of numbers end on one edge with one number of decimals, times in the zone shown.
 * Of a long result the first rows are shown and the number left out is said.
 */
export function resultTable(rows: SqlRows | SqlResult, format: Formats, options: ResultTableOptions = {}): HTMLElement {
  const {caption = "Rows", limit = 200} = options;
  const result = "rowCount" in rows ? rows : resultOfRows(rows);
  const shown = Array.from({length: Math.min(limit, result.rowCount)}, (_, row) => row);
  const columns = result.columns.map((column) => columnOf(column, shown, format));
  const left = result.rowCount - shown.length;
  const count = `${format.count(result.rowCount)} ${result.rowCount === 1 ? "row" : "rows"}`;
  const said =
    left === 0
      ? count
      : `First ${format.count(shown.length)} of ${count}; ${format.count(left)} are not shown, and are in the file`;
  const foot = html`<p class="table-foot"><span>${said}</span>${csvButton(result, fileName(caption))}</p>`;
  return dataTable(shown, columns, {caption, limit, foot, emptyStep: "The query ran and no row matched it."});
}

function fileName(caption: string): string {
  return caption.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

function columnOf(column: SqlColumn, shown: readonly number[], format: Formats): Column<number> {
  const {name, kind} = column;
  if (kind === "time") {
    const moment = (row: number) => timeOf(column.value(row));
    const style = shown.some((row) => (moment(row) ?? 0) % MINUTE_MS !== 0) ? "second" : "minute";
    return {label: name, unit: format.zone, value: moment, text: (row) => format.moment(moment(row), style)};
  }
  if (kind === "number") {
    const decimals = shown.reduce((most, row) => Math.max(most, decimalsOf(numberOf(column.value(row)) ?? 0)), 0);
    const number = (row: number) => numberOf(column.value(row));
    return {label: name, kind: "number", value: number, text: (row) => numberText(column.value(row), decimals, format)};
  }
  const text = (row: number) => textOf(column.value(row));
  return {label: name, value: text};
}

function timeOf(value: SqlValue): number | undefined {
  return value instanceof Date ? value.getTime() : undefined;
}

function numberOf(value: SqlValue): number | undefined {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}

/** A whole number or a decimal too long for a double is shown digit for digit. */
function numberText(value: SqlValue, decimals: number, format: Formats): string {
  if (typeof value === "bigint" || typeof value === "string") return String(value).replace("-", "−");
  return format.number(numberOf(value), {decimals});
}

function textOf(value: SqlValue): string | undefined {
  return value === null ? undefined : String(value);
}
