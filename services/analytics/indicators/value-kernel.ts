import {type Columns, createColumns, type Indicator, type Row, rowAt, sliceColumns} from "./indicator.js";

/**
 * The engine of an indicator over values: reads on from where it stopped and writes one result per value.
 * The batch calls it once with everything, the stream once per value, so both are one calculation bit for bit.
 * `out` may be `values` itself.
 */
export type ValueKernel = (values: Float64Array, out: Float64Array) => void;

/** The same, with several results per value. */
export type ValueColumnsKernel<Name extends string> = (values: Float64Array, out: Columns<Name>) => void;

/**
 * A kernel run over all values at once. Leading NaN, as another indicator's warm-up leaves, stay NaN and do not count.
 *
 * @param keepsFaults whether every result is NaN or infinite once a value was: a last one that is neither then vouches
 * for all values, and they are looked at only if it does not, which saves an eighth of the time
 * @throws {RangeError} naming the row if a value after the first is NaN or infinite: a hole in prices is a fault
 */
export function runValues(
  kernel: ValueKernel,
  values: ArrayLike<number>,
  {keepsFaults = false}: {readonly keepsFaults?: boolean} = {}
): Float64Array {
  const column = toColumn(values);
  const start = firstValue(column);
  if (!keepsFaults) assertSound(column, start);
  const out = new Float64Array(column.length).fill(NaN, 0, start);
  kernel(column.subarray(start), out.subarray(start));
  if (keepsFaults && !(Math.abs(out.at(-1) ?? 0) < Infinity)) assertSound(column, start);
  return out;
}

/** `runValues` for several results per value. */
export function runValueColumns<Name extends string>(
  kernel: ValueColumnsKernel<Name>,
  names: readonly Name[],
  values: ArrayLike<number>
): Columns<Name> {
  const column = toColumn(values);
  const start = firstValue(column);
  assertSound(column, start);
  const out = createColumns(names, column.length);
  for (const name of names) out[name].fill(NaN, 0, start);
  kernel(column.subarray(start), sliceColumns(out, start));
  return out;
}

/** A kernel fed one value at a time. */
export function streamValues(kernel: ValueKernel): Indicator<number> {
  const output = new Float64Array(1);
  const feed = createFeed((input) => kernel(input, output));
  return {next: (value) => (feed(value) ? output[0]! : NaN)};
}

/** `streamValues` for several results per value. */
export function streamValueColumns<Name extends string>(
  kernel: ValueColumnsKernel<Name>,
  names: readonly Name[]
): Indicator<number, Row<Name>> {
  const output = createColumns(names, 1);
  for (const name of names) output[name][0] = NaN;
  const feed = createFeed((input) => kernel(input, output));
  return {
    next(value) {
      feed(value);
      return rowAt(output, 0);
    }
  };
}

/** A kernel that passes over the leading NaN of another's warm-up, for indicators made of indicators. */
export function afterWarmup(kernel: ValueKernel): ValueKernel {
  let started = false;
  return (values, out) => {
    let start = 0;
    while (!started && start < values.length && Number.isNaN(values[start])) out[start++] = NaN;
    started ||= start < values.length;
    if (start === 0) kernel(values, out);
    else if (start < values.length) kernel(values.subarray(start), out.subarray(start));
  };
}

/** Hands values on once the first real one has come; answers whether it did. */
function createFeed(accept: (input: Float64Array) => void): (value: number) => boolean {
  const input = new Float64Array(1);
  let started = false;
  return (value) => {
    if (!started && Number.isNaN(value)) return false;
    if (!(Math.abs(value) < Infinity)) throw new RangeError(`invalid value: ${value}`);
    started = true;
    input[0] = value;
    accept(input);
    return true;
  };
}

function toColumn(values: ArrayLike<number>): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

function firstValue(column: Float64Array): number {
  let start = 0;
  while (start < column.length && Number.isNaN(column[start])) ++start;
  return start;
}

function assertSound(column: Float64Array, start: number): void {
  if (isSound(column, start)) return;
  for (let i = start; i < column.length; ++i) {
    if (!(Math.abs(column[i]!) < Infinity)) throw new RangeError(`invalid value at ${i}: ${column[i]}`);
  }
}

/** Whether all values from *start* on are numbers and finite; may say no of values so large that eight overflow. */
function isSound(values: Float64Array, start: number): boolean {
  let zero = 0; // NaN and infinity times nothing are NaN: eight values a question, a third of the time of one by one
  let i = start;
  for (; i < values.length - 7; i += 8) {
    const early = values[i]! + values[i + 1]! + (values[i + 2]! + values[i + 3]!);
    const late = values[i + 4]! + values[i + 5]! + (values[i + 6]! + values[i + 7]!);
    zero += 0 * (early + late);
  }
  for (; i < values.length; ++i) zero += 0 * values[i]!;
  return zero === 0;
}
