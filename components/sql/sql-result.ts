import {type ArrowType, type SqlKind, type SqlValue, valueReader} from "./sql-value.js";

/** One column of a result, read a value at a time. */
export interface SqlColumn {
  readonly name: string;
  readonly kind: SqlKind;
  value(row: number): SqlValue;
}

/** A result as columns: a million rows are read where they lie, not copied into a million objects. */
export interface SqlResult {
  readonly columns: readonly SqlColumn[];
  readonly rowCount: number;
}

/** One result: rows by column name, and the columns in their order. */
export type SqlRows = readonly Readonly<Record<string, SqlValue>>[] & {readonly columns: readonly string[]};

/** What is used of an Arrow table. */
export interface ArrowTable {
  readonly numRows: number;
  readonly schema: {readonly fields: readonly {readonly name: string; readonly type: ArrowType}[]};
  getChildAt(index: number): {get(row: number): unknown} | null;
}

/** An Arrow table's columns, their values ours. */
export function resultOf(table: ArrowTable): SqlResult {
  const columns = table.schema.fields.map(({name, type}, i) => {
    const {kind, read} = valueReader(type);
    const vector = table.getChildAt(i);
    return {name, kind, value: (row: number) => read(vector?.get(row))};
  });
  return {columns, rowCount: table.numRows};
}

/** A result as rows, for a cell that maps, filters or draws them; of two columns of one name the later is kept. */
export function rowsOf({columns, rowCount}: SqlResult): SqlRows {
  const rows = Array.from({length: rowCount}, (_, row) =>
    Object.fromEntries(columns.map((column) => [column.name, column.value(row)]))
  );
  return Object.assign(rows, {columns: columns.map(({name}) => name)});
}

/** Rows as a result; a column's kind is that of its values. */
export function resultOfRows(rows: SqlRows): SqlResult {
  const columns = rows.columns.map((name) => ({
    name,
    kind: kindOf(rows.map((row) => row[name] ?? null)),
    value: (row: number) => rows[row]?.[name] ?? null
  }));
  return {columns, rowCount: rows.length};
}

function kindOf(values: readonly SqlValue[]): SqlKind {
  const stated = values.filter((value) => value !== null);
  const all = (test: (value: SqlValue) => boolean) => stated.length > 0 && stated.every(test);
  if (all((value) => value instanceof Date)) return "time";
  if (all((value) => typeof value === "number" || typeof value === "bigint")) return "number";
  if (all((value) => typeof value === "boolean")) return "boolean";
  return all((value) => typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) ? "date" : "text";
}
