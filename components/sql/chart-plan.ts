import type {SqlColumn, SqlResult} from "./sql-result.js";
import type {SqlValue} from "./sql-value.js";

/** Points of one line, in the order of x. */
export interface PlannedSeries {
  readonly name: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** How a result is drawn: lines over times or numbers, or a bar for each name. */
export type ChartPlan =
  | {readonly shape: "line"; readonly x: SqlColumn; readonly y: SqlColumn; readonly series: readonly PlannedSeries[]}
  | {readonly shape: "bars"; readonly x: SqlColumn; readonly y: SqlColumn; readonly rows: readonly number[]};

/** Why a result cannot be drawn, and what would do. */
export interface NoChart {
  readonly reason: string;
  readonly step: string;
}

const mostSeries = 6;
/** Bars drawn at most; the table has the rest. */
export const mostBars = 40;

/**
 * The first column of times, days or names against the first column of numbers; where there is no such column, the
 * first of two columns of numbers if it rises from row to row. Where a time repeats, the first column of text tells
 * lines apart.
 */
export function chartPlan(result: SqlResult): ChartPlan | NoChart {
  const {columns, rowCount} = result;
  if (rowCount === 0) return no("The result has no rows.", "A chart needs at least one.");
  const x = columns.find(isTime) ?? columns.find(isName) ?? risingColumn(result);
  const y = columns.find((column) => column.kind === "number" && column !== x);
  if (y === undefined)
    return no("There is no column of numbers to draw.", "Select a count, a price or another number beside the rest.");
  if (x === undefined)
    return no(
      `There is no column of times or names to draw ${y.name} against.`,
      "Select a time or a name first, or order the rows by a first column of numbers that rises."
    );
  return isName(x) ? barsPlan(result, x, y) : linePlan(result, x, y);
}

function no(reason: string, step: string): NoChart {
  return {reason, step};
}

function isTime({kind}: SqlColumn): boolean {
  return kind === "time" || kind === "date";
}

function isName({kind}: SqlColumn): boolean {
  return kind === "text" || kind === "boolean";
}

function risingColumn({columns, rowCount}: SqlResult): SqlColumn | undefined {
  const [first, second] = columns.filter(({kind}) => kind === "number");
  if (first === undefined || second === undefined) return undefined;
  let last = -Infinity;
  for (let row = 0; row < rowCount; ++row) {
    const value = numberOf(first.value(row));
    if (!(value > last)) return undefined;
    last = value;
  }
  return first;
}

function barsPlan({rowCount}: SqlResult, x: SqlColumn, y: SqlColumn): ChartPlan | NoChart {
  const rows = Array.from({length: Math.min(rowCount, mostBars)}, (_, row) => row);
  const names = new Set(rows.map((row) => nameOf(x.value(row))));
  if (names.size < rows.length)
    return no(`${x.name} repeats: a bar would stand for several rows.`, `Group by ${x.name}, or select a time first.`);
  return {shape: "bars", x, y, rows};
}

function linePlan(result: SqlResult, x: SqlColumn, y: SqlColumn): ChartPlan | NoChart {
  const key = result.columns.find(isName);
  const single = seriesOf(result, x, y, undefined)!;
  const series = repeats(single) && key !== undefined ? seriesOf(result, x, y, key) : single;
  if (series === undefined)
    return no(
      `${key!.name} has more than ${mostSeries} values: that many lines cannot be told apart.`,
      `Choose some with WHERE ${key!.name} IN (…).`
    );
  if (repeats(series))
    return no(
      `${x.name} repeats: there is no one value of ${y.name} to draw at a time.`,
      `Group by ${x.name}, or select a name that tells the rows of a time apart.`
    );
  return {shape: "line", x, y, series};
}

/**
 * Rows by the values of *key*, each sorted by x; `undefined` where they are too many. Rows without x are left out. A scan
 * that ends at the first value too many: a library's group-by takes seconds over a million names before it is refused.
 */
function seriesOf({rowCount}: SqlResult, x: SqlColumn, y: SqlColumn, key: SqlColumn | undefined) {
  const rows = new Map<string, number[]>();
  for (let row = 0; row < rowCount; ++row) {
    if (Number.isNaN(numberOf(x.value(row)))) continue;
    const name = key === undefined ? y.name : nameOf(key.value(row));
    const own = rows.get(name);
    if (own !== undefined) own.push(row);
    else if (rows.size === mostSeries) return undefined;
    else rows.set(name, [row]);
  }
  return Array.from(rows, ([name, own]) => sortedSeries(name, own, x, y));
}

function sortedSeries(name: string, rows: readonly number[], x: SqlColumn, y: SqlColumn): PlannedSeries {
  const xs = Float64Array.from(rows, (row) => numberOf(x.value(row)));
  const ys = Float64Array.from(rows, (row) => numberOf(y.value(row)));
  if (xs.every((value, i) => i === 0 || value >= xs[i - 1]!)) return {name, x: xs, y: ys};
  const order = Array.from(xs.keys()).sort((a, b) => xs[a]! - xs[b]!);
  return {name, x: Float64Array.from(order, (i) => xs[i]!), y: Float64Array.from(order, (i) => ys[i]!)};
}

function repeats(series: readonly PlannedSeries[]): boolean {
  return series.some(({x}) => x.some((value, i) => i > 0 && value === x[i - 1]));
}

function numberOf(value: SqlValue): number {
  if (value === null) return NaN;
  return typeof value === "string" ? Date.parse(value) : Number(value); // a day is text
}

/** A name as it is drawn. */
export function nameOf(value: SqlValue): string {
  return value === null ? "NULL" : String(value);
}
