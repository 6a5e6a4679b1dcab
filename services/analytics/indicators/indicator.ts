/** An indicator fed one value or bar at a time; `next` answers with the result at that moment, NaN while it warms up. */
export interface Indicator<Input, Output = number> {
  next(input: Input): Output;
}

/** Results of an indicator with several lines: one column per name, each as long as the input. */
export type Columns<Name extends string> = Readonly<Record<Name, Float64Array>>;

/** One result per name, at one bar. */
export type Row<Name extends string> = Readonly<Record<Name, number>>;

/** @throws {RangeError} if *period* is not a positive whole number */
export function assertPeriod(period: number, name = "period"): void {
  if (!(Number.isInteger(period) && period > 0)) throw new RangeError(`invalid ${name}: ${period}`);
}

/** @throws {RangeError} if *factor* is not a positive number */
export function assertFactor(factor: number, name: string): void {
  if (!(factor > 0 && factor < Infinity)) throw new RangeError(`invalid ${name}: ${factor}`);
}

/** An empty column for each name. */
export function createColumns<Name extends string>(names: readonly Name[], length: number): Columns<Name> {
  return Object.fromEntries(names.map((name) => [name, new Float64Array(length)])) as Record<Name, Float64Array>;
}

/** The columns from row *start* up to *end*, sharing memory. */
export function sliceColumns<Name extends string>(columns: Columns<Name>, start: number, end?: number): Columns<Name> {
  const parts = Object.entries<Float64Array>(columns).map(([name, column]) => [name, column.subarray(start, end)]);
  return Object.fromEntries(parts) as Record<Name, Float64Array>;
}

/** Row *i* of the columns. */
export function rowAt<Name extends string>(columns: Columns<Name>, i: number): Row<Name> {
  const cells = Object.entries<Float64Array>(columns).map(([name, column]) => [name, column[i]]);
  return Object.fromEntries(cells) as Record<Name, number>;
}
