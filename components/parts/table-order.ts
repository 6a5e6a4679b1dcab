import {addressQuery, type QueryStore} from "../inputs/address-query.js";
import type {Column} from "./table-column.js";

/** By which column rows stand, and from which end. */
export interface TableOrder {
  /** The column's place. */
  readonly column: number;
  readonly isDescending: boolean;
}

/** Where a table's order is kept: `sort=-net` in the page's query. */
export interface TableSort {
  /** Its name in the query. */
  readonly name: string;
  readonly query?: QueryStore;
}

/** A column's name in a query: `Mean net` is `mean-net`. */
function columnKey({label}: Pick<Column<never>, "label">): string {
  return label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** The order that a query asks for; `fault` says what was wrong with it. */
export function readOrder<Row>(
  columns: readonly Column<Row>[],
  {name, query = addressQuery}: TableSort
): {order: TableOrder | undefined; fault?: string} {
  const text = query.read().get(name);
  if (text === null) return {order: undefined};
  const key = text.replace(/^-/, "");
  const keys = columns.map(columnKey);
  const column = keys.indexOf(key);
  if (column >= 0) return {order: {column, isDescending: text.startsWith("-")}};
  return {
    order: undefined,
    fault: `Order: no such column: ${text}; there are ${keys.filter((each) => each).join(", ")}`
  };
}

/** Writes an order into the query, as one step of the browser's history. */
export function writeOrder<Row>(
  {column, isDescending}: TableOrder,
  columns: readonly Column<Row>[],
  {name, query = addressQuery}: TableSort
): void {
  const next = query.read();
  next.set(name, `${isDescending ? "-" : ""}${columnKey(columns[column]!)}`);
  query.write(next);
}

/** Rows in an order: numbers by size, text by its letters, what is absent last either way; equals as they stood. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order?: TableOrder
): readonly Row[] {
  const column = order && columns[order.column];
  if (column === undefined || order === undefined) return rows;
  const sign = order.isDescending ? -1 : 1;
  const keyed = rows.map((row) => ({row, key: column.value(row)}));
  const isAbsent = (key: number | string | undefined) => key === undefined || key === "" || Number.isNaN(key);
  keyed.sort((a, b) => {
    if (isAbsent(a.key) || isAbsent(b.key)) return Number(isAbsent(a.key)) - Number(isAbsent(b.key));
    return sign * (a.key! < b.key! ? -1 : a.key! > b.key! ? 1 : 0);
  });
  return keyed.map(({row}) => row);
}
