import {parseDecimal} from "../decimal.js";
import {badField, type TableRow} from "./table.js";

/** Reads the fields of rows by name. */
export interface Columns<Name extends string> {
  has(name: Name): boolean;
  /** @throws {SourceError} if the row is too short for it */
  text(row: TableRow, name: Name): string;
  /** @throws {SourceError} if the field is no decimal number */
  number(row: TableRow, name: Name): number;
}

/**
 * Columns of a file by position.
 *
 * @param file its name, for messages
 * @param positions where each column stands, counted from 0
 * @param width fields that every row must have: a row of another width was cut or is of another kind
 */
export function createColumns<Name extends string>(
  file: string,
  positions: ReadonlyMap<Name, number>,
  width: number
): Columns<Name> {
  const text = (row: TableRow, name: Name) => {
    if (row.fields.length !== width)
      throw badField(file, row.line, `row: ${width} fields expected, ${row.fields.length} found`, row.fields.join(" "));
    const field = row.fields[positions.get(name)!];
    if (field === undefined) throw badField(file, row.line, name, field);
    return field;
  };
  const number = (row: TableRow, name: Name) => {
    const field = text(row, name);
    const value = parseDecimal(field);
    if (!Number.isFinite(value)) throw badField(file, row.line, name, field);
    return value;
  };
  return {has: (name) => positions.has(name), text, number};
}
