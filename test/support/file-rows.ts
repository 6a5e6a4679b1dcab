import {csvParse} from "d3";

/** A row as a file holds it: texts by the names of the columns, units aside. */
export type FileRow = Readonly<Record<string, string>>;

/** The rows of a panel's file. */
export function readRows(text: string): FileRow[] {
  const plain = (row: object) =>
    Object.entries(row).map(([name, cell]) => [name.replace(/ \(.*\)$/, ""), String(cell)]);
  return csvParse(text, (row) => Object.fromEntries(plain(row)) as FileRow);
}

/** How a figure is made of the rows of its panel's file. */
export type Recompute = (rows: readonly FileRow[]) => number;

/** The numbers of a column, empty cells left out. */
export const numbers = (rows: readonly FileRow[], name: string) =>
  rows.flatMap((row) => (row[name] === "" || row[name] === undefined ? [] : [Number(row[name])]));

/** The share of rows that pass. */
export const share = (rows: readonly FileRow[], test: (row: FileRow) => boolean) =>
  rows.filter(test).length / rows.length;

/** A column of the last row. */
export const last = (rows: readonly FileRow[], name: string) => Number(rows.at(-1)![name]);
