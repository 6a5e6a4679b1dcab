import type {Columns} from "./read-columns.js";

/** Cells of columns by name and row, each checked as it is taken. */
export interface Rows {
  readonly length: number;
  text(name: string, i: number): string;
  /** Text that may be empty. */
  label(name: string, i: number): string;
  oneOf(name: string, i: number, values: readonly string[]): string;
  number(name: string, i: number): number;
  optionalNumber(name: string, i: number): number | undefined;
  count(name: string, i: number): number;
}

/**
 * Columns read a row at a time, for data sets of people's size: deals and positions.
 * Every cell throws a RangeError that names its row and column if it does not hold what is asked of it.
 */
export function createRows({length, columns}: Columns): Rows {
  const cell = (name: string, i: number) => columns[name]?.[i];
  const fail = (name: string, i: number): never => {
    throw new RangeError(`row ${i}: invalid ${name}: ${cell(name, i)}`);
  };
  const optionalNumber = (name: string, i: number) => {
    const value = cell(name, i);
    if (typeof value !== "number") return fail(name, i);
    return Number.isNaN(value) ? undefined : value;
  };
  const number = (name: string, i: number) => {
    const value = optionalNumber(name, i);
    return value !== undefined && Number.isFinite(value) ? value : fail(name, i);
  };
  const text = (name: string, i: number) => {
    const value = cell(name, i);
    return typeof value === "string" && value !== "" ? value : fail(name, i);
  };
  const label = (name: string, i: number) => {
    const value = cell(name, i);
    return typeof value === "string" ? value : fail(name, i);
  };
  return {
    length,
    text,
    label,
    number,
    optionalNumber,
    oneOf(name, i, values) {
      const value = text(name, i);
      return values.includes(value) ? value : fail(name, i);
    },
    count(name, i) {
      const value = number(name, i);
      return Number.isSafeInteger(value) ? value : fail(name, i);
    }
  };
}
