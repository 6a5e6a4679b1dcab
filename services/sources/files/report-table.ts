import {SourceError} from "../../domain/source-error.js";
import {parseWallTime} from "../wall-time.js";
import type {ReportRow} from "./report-rows.js";

/** A table of a report: its rows by the names in its header. */
export interface ReportTable {
  readonly rows: readonly ReportRow[];
  has(name: string): boolean;
  /** @throws {SourceError} if the row has no such cell */
  text(row: ReportRow, name: string): string;
  /** A number as printed, with spaces in thousands; *missing* where the column or the text is not there. */
  number(row: ReportRow, name: string, missing?: number): number;
  /** A wall time of the server, as if it were UTC. */
  wallTime(row: ReportRow, name: string): number;
  fail(row: ReportRow, what: string): SourceError;
}

/**
 * The number a report prints, spaces in thousands: `10 000.00`, `-288.70`; NaN for anything else.
 */
export function parseReportNumber(text: string): number {
  return /^[+-]?(\d{1,3}( \d{3})+|\d{1,15})(\.\d{1,10})?$/.test(text) ? Number(text.replaceAll(" ", "")) : Number.NaN;
}

/**
 * A table that begins at a header row. Its names are as printed; one that occurs twice is `Time`, then `Time 2`.
 *
 * @param rows the table's own rows
 */
function createReportTable(file: string, header: ReportRow, rows: readonly ReportRow[]): ReportTable {
  const positions = new Map<string, number>();
  header.cells.forEach((name, i) => {
    positions.set(positions.has(name) ? `${name} 2` : name, i);
  });
  const fail = (row: ReportRow, what: string) => new SourceError("SOURCE_BAD_DATA", `${file}:${row.line}: ${what}`);
  const text = (row: ReportRow, name: string) => {
    const cell = row.cells[positions.get(name) ?? -1];
    if (cell === undefined) throw fail(row, `no ${name}: ${row.cells.join(" | ").slice(0, 80)}`);
    return cell;
  };
  const number = (row: ReportRow, name: string, missing = Number.NaN) => {
    const found = positions.has(name) ? text(row, name) : "";
    const value = found === "" ? missing : parseReportNumber(found);
    if (!Number.isFinite(value)) throw fail(row, `invalid ${name}: ${JSON.stringify(found.slice(0, 60))}`);
    return value;
  };
  const wallTime = (row: ReportRow, name: string) => {
    const found = text(row, name);
    const wall = /^\d{4}\.\d{2}\.\d{2} /.test(found) ? parseWallTime(found) : Number.NaN;
    if (!Number.isFinite(wall)) throw fail(row, `invalid ${name}: ${JSON.stringify(found.slice(0, 60))}`);
    return wall;
  };
  return {rows, has: (name) => positions.has(name), text, number, wallTime, fail};
}

/**
 * The table below a title, up to the next title or the end.
 *
 * @returns `undefined` if there is no such title, or no header with the names needed below it
 */
export function findTable(
  file: string,
  rows: readonly ReportRow[],
  title: string | undefined,
  needed: readonly string[]
): ReportTable | undefined {
  const from = title === undefined ? 0 : rows.findIndex(({cells}) => cells.length === 1 && cells[0] === title) + 1;
  if (title !== undefined && from === 0) return undefined;
  const isHeader = ({cells}: ReportRow) => needed.every((name) => cells.includes(name));
  const start = rows.findIndex((row, i) => i >= from && isHeader(row));
  if (start < 0) return undefined;
  const end = rows.findIndex(({cells}, i) => i > start && cells.length === 1 && cells[0] !== "");
  return createReportTable(file, rows[start]!, rows.slice(start + 1, end < 0 ? undefined : end));
}
