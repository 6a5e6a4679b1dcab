import {SourceError} from "../../domain/source-error.js";
import {DAY_MS} from "../../domain/time.js";
import type {ServerClock} from "../mt5/clock.js";
import type {CsvColumn, CsvSettings} from "../settings/source-settings.js";
import {parseWallTime, parseZonedTime} from "../wall-time.js";
import {type Columns, createColumns} from "./columns.js";
import type {TextFile} from "./find-files.js";
import {badField, parseRows, type TableRow} from "./table.js";

/** A third party's file laid out by its settings: the rows, and how to read one. */
export interface CsvTable {
  readonly rows: readonly TableRow[];
  readonly columns: Columns<CsvColumn>;
  /** When a row happened, in UTC; *previous* tells apart an hour that the clock shows twice. */
  time(row: TableRow, previous: number): number;
  price(row: TableRow, name: CsvColumn): number;
}

/**
 * Reads a third party's file.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming file and line where the header, the file's date or a row is not as
 * settings say
 */
export function readCsv({name: file, text}: TextFile, settings: CsvSettings, clock: ServerClock): CsvTable {
  const all = parseRows(text, settings.separator);
  const [first] = all;
  if (first === undefined) throw new SourceError("SOURCE_BAD_DATA", `${file}: empty`);
  const columns = createColumns(file, positionsOf(file, first, settings), widthOf(first, settings));
  const {priceDivisor, date} = settings;
  const midnight = date === undefined ? Number.NaN : fileDate(file, date);
  return {
    rows: settings.header ? all.slice(1) : all,
    columns,
    time: (row, previous) =>
      columns.has("time")
        ? rowTime(file, row, columns.text(row, "time"), clock, previous)
        : clock.toUtcAfter(midnight + timeOfDay(file, row, columns), previous),
    price: (row, name) => columns.number(row, name) / priceDivisor
  };
}

function widthOf(first: TableRow, {columns, header}: CsvSettings): number {
  return Array.isArray(columns) && !header ? columns.length : first.fields.length;
}

function positionsOf(file: string, first: TableRow, {columns, header}: CsvSettings): Map<CsvColumn, number> {
  if (isList(columns)) {
    if (header && first.fields.length < columns.length)
      throw badField(file, first.line, `header: ${columns.length} columns expected`, first.fields.join(" "));
    return new Map(columns.map((name, i) => [name, i] as const).filter(([name]) => name !== "-"));
  }
  const names = first.fields.map((field) => field.toLowerCase());
  const positions = new Map<CsvColumn, number>();
  for (const [column, name] of Object.entries(columns) as [CsvColumn, string][]) {
    const position = names.indexOf(name.toLowerCase());
    if (position < 0 || names.indexOf(name.toLowerCase(), position + 1) >= 0)
      throw badField(
        file,
        first.line,
        `header: ${position < 0 ? "no" : "more than one"} column ${name}`,
        first.fields.join(" ")
      );
    positions.set(column, position);
  }
  return positions;
}

function isList(columns: CsvSettings["columns"]): columns is readonly CsvColumn[] {
  return Array.isArray(columns);
}

/** The wall midnight of the date in a file's name. */
function fileDate(file: string, pattern: string): number {
  const found = new RegExp(pattern).exec(file)?.[1];
  const wall = parseWallTime(found ?? "");
  if (Number.isFinite(wall) && wall % DAY_MS === 0) return wall;
  throw new SourceError(
    "SOURCE_BAD_DATA",
    `${file}: no date in its name by the pattern ${pattern}: ${found ?? "nothing"}`
  );
}

function timeOfDay(file: string, row: TableRow, columns: Columns<CsvColumn>): number {
  const ms = columns.number(row, "timeOfDayMs");
  if (!(Number.isInteger(ms) && ms >= 0 && ms < DAY_MS))
    throw badField(file, row.line, "timeOfDayMs", columns.text(row, "timeOfDayMs"));
  return ms;
}

function rowTime(file: string, row: TableRow, text: string, clock: ServerClock, previous: number): number {
  const zoned = parseZonedTime(text);
  if (zoned !== undefined && Number.isFinite(zoned)) return zoned;
  const wall = parseWallTime(text);
  if (zoned !== undefined || !Number.isFinite(wall)) throw badField(file, row.line, "time", text);
  return clock.toUtcAfter(wall, previous);
}
