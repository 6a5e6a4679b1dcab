import {SourceError} from "../../domain/source-error.js";
import {createBarRows} from "../bar-rows.js";
import type {SourcedBars} from "../bar-source.js";
import type {ServerClock} from "../mt5/clock.js";
import {parseWallTime} from "../wall-time.js";
import {type Columns, createColumns} from "./columns.js";
import {cutShortWarning, type TextFile} from "./find-files.js";
import {badField, parseRows, separatorOf, type TableRow} from "./table.js";

type Name = "date" | "time" | "open" | "high" | "low" | "close" | "tickvol";

const prices = ["open", "high", "low", "close"] as const;
const aliases: Readonly<Record<string, Name>> = {
  date: "date",
  time: "time",
  open: "open",
  high: "high",
  low: "low",
  close: "close",
  tickvol: "tickvol",
  tickvolume: "tickvol",
  tick_volume: "tickvol"
};

/** Columns of exports that have no header: MT4's, MT5's of days, MT5's of shorter bars. */
const headless: Readonly<Record<number, readonly Name[]>> = {
  7: ["date", "time", ...prices, "tickvol"],
  8: ["date", ...prices, "tickvol"],
  9: ["date", "time", ...prices, "tickvol"]
};

/**
 * Bars from a terminal's export: tab, comma or semicolon; `<DATE>` or `date` in the header, or no header at all.
 * Volume is the tick volume; the clock becomes UTC.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming file, line, field and what stands there
 */
export function parseMt5Bars({name: file, text}: TextFile, clock: ServerClock): SourcedBars {
  const rows = parseRows(text, separatorOf(text));
  const [first] = rows;
  if (first === undefined) throw new SourceError("SOURCE_BAD_DATA", `${file}: empty`);
  const hasHeader = !/^\d/.test(first.fields[0] ?? "");
  const columns = hasHeader ? readHeader(file, first) : headlessColumns(file, first);
  const bars = createBarRows();
  for (const row of hasHeader ? rows.slice(1) : rows) {
    const time = clock.toUtcAfter(wallTime(file, columns, row), bars.lastTime);
    const [open, high, low, close] = prices.map((name) => columns.number(row, name)) as [
      number,
      number,
      number,
      number
    ];
    bars.add({time, open, high, low, close, volume: columns.number(row, "tickvol")}, `${file}:${row.line}`);
  }
  return {bars: bars.finish(), duplicateTimes: bars.duplicateTimes, warnings: cutShortWarning(file, text)};
}

function readHeader(file: string, {line, fields}: TableRow): Columns<Name> {
  const names = fields.map((field) =>
    field
      .toLowerCase()
      .replace(/^<(.*)>$/, "$1")
      .replace(/\s+/g, "")
  );
  const positions = new Map<Name, number>();
  names.forEach((name, i) => {
    const column = aliases[name];
    if (column !== undefined && !positions.has(column)) positions.set(column, i);
  });
  // A file with one column of volume means ticks by it: MetaTrader's VOL beside TICKVOL is the exchange's.
  const only = names.findIndex((name) => name === "volume" || name === "vol");
  if (!positions.has("tickvol") && only >= 0) positions.set("tickvol", only);
  for (const needed of ["date", ...prices, "tickvol"] as const)
    if (!positions.has(needed)) throw badField(file, line, `header: no column ${needed}`, fields.join(" "));
  return createColumns(file, positions, fields.length);
}

function headlessColumns(file: string, {line, fields}: TableRow): Columns<Name> {
  const names = headless[fields.length];
  if (names === undefined) throw badField(file, line, "row: 7, 8 or 9 fields expected", fields.join(" "));
  return createColumns(file, new Map(names.map((name, i) => [name, i])), fields.length);
}

function wallTime(file: string, columns: Columns<Name>, row: TableRow): number {
  const text = columns.text(row, "date") + (columns.has("time") ? ` ${columns.text(row, "time")}` : "");
  const wall = parseWallTime(text);
  if (!Number.isFinite(wall)) throw badField(file, row.line, "date and time", text);
  return wall;
}
