import {SourceError} from "../../domain/source-error.js";
import type {ServerClock} from "../mt5/clock.js";
import {createTickRows} from "../tick-rows.js";
import type {SourcedTicks} from "../tick-source.js";
import {parseWallTime} from "../wall-time.js";
import {type Columns, createColumns} from "./columns.js";
import {cutShortWarning, type TextFile} from "./find-files.js";
import {badField, parseRows, separatorOf, type TableRow} from "./table.js";

const names = ["date", "time", "bid", "ask", "last", "volume"] as const;
type Name = (typeof names)[number];

/**
 * Ticks from a terminal's export: `<DATE> <TIME> <BID> <ASK> <LAST> <VOLUME> <FLAGS>`. An empty bid or ask has not
 * changed and is carried on from the tick above; an empty last means that nothing was dealt.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming file, line, field and what stands there
 */
export function parseMt5Ticks({name: file, text}: TextFile, clock: ServerClock): SourcedTicks {
  const [header, ...rows] = parseRows(text, separatorOf(text));
  if (header === undefined) throw new SourceError("SOURCE_BAD_DATA", `${file}: empty`);
  const columns = readHeader(file, header);
  const ticks = createTickRows();
  let [bid, ask] = [Number.NaN, Number.NaN];
  for (const row of rows) {
    const wall = parseWallTime(`${columns.text(row, "date")} ${columns.text(row, "time")}`);
    if (!Number.isFinite(wall)) throw badField(file, row.line, "date and time", columns.text(row, "time"));
    bid = numberOr(columns, row, "bid", bid);
    ask = numberOr(columns, row, "ask", ask);
    const last = positiveOrNone(numberOr(columns, row, "last", Number.NaN));
    const volume = numberOr(columns, row, "volume", 0);
    ticks.add({time: clock.toUtcAfter(wall, ticks.lastTime - 1), bid, ask, last, volume}, `${file}:${row.line}`);
  }
  return {ticks: ticks.finish(), warnings: cutShortWarning(file, text)};
}

/** Terminals write 0 where an instrument has no last price. */
function positiveOrNone(price: number): number {
  return price === 0 ? Number.NaN : price;
}

function numberOr(columns: Columns<Name>, row: TableRow, name: Name, missing: number): number {
  return columns.has(name) && columns.text(row, name) !== "" ? columns.number(row, name) : missing;
}

function readHeader(file: string, {line, fields}: TableRow): Columns<Name> {
  const found = fields.map((field) => field.toLowerCase().replace(/^<(.*)>$/, "$1"));
  const positions = new Map(names.filter((name) => found.includes(name)).map((name) => [name, found.indexOf(name)]));
  for (const needed of ["date", "time", "bid", "ask"] as const)
    if (!positions.has(needed)) throw badField(file, line, `header: no column ${needed}`, fields.join(" "));
  return createColumns(file, positions, fields.length);
}
