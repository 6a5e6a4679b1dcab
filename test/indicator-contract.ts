import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {type Bar, type BarSeries, toBarSeries} from "../services/domain/bar.js";

type Results = Float64Array | Readonly<Record<string, Float64Array>>;
type Result = number | Readonly<Record<string, number>>;

interface Claims<Input, Batch> {
  readonly name: string;
  readonly batch: (input: Batch, period: number) => Results;
  readonly stream: (period: number) => {next(input: Input): Result};
  /** Results that are NaN at the start, by line; `value` for an indicator with one line. */
  readonly warmup: (period: number) => Readonly<Record<string, number>>;
  /** The power of a constant that comes out when all prices are multiplied by it: 1 for an average, 0 for a ratio. */
  readonly degree: 0 | 1 | Readonly<Record<string, 0 | 1>>;
  /** Whether it has a period to be checked; default true. */
  readonly hasPeriod?: boolean;
}

const verifying = process.env["TAPEBOOK_VERIFY"] !== undefined;
const run = {seed: 20190102, numRuns: verifying ? 2_000 : 60};
const periods = fc.integer({min: 1, max: 30});
const price = fc.double({min: 0.5, max: 5_000, noNaN: true});
const values = fc.array(price, {maxLength: 120, size: "max"});

/** Bars a minute apart; prices make sense, gaps and flat bars included. */
export const barLists: fc.Arbitrary<Bar[]> = fc
  .array(
    fc.tuple(
      price,
      price,
      fc.double({min: 0, max: 50, noNaN: true}),
      fc.double({min: 0, max: 1, noNaN: true}),
      fc.integer({min: 1, max: 9_999})
    ),
    {maxLength: 120, size: "max"}
  )
  .map((rows) =>
    rows.map(([open, close, above, below, volume], i) => {
      const low = Math.min(open, close) * (1 - below / 2);
      return {time: i * 60_000, open, high: Math.max(open, close) + above, low, close, volume};
    })
  );

/** What every indicator over values must do: style guide, section 5. */
export function describeValueIndicator(claims: Claims<number, ArrayLike<number>>): void {
  describe(claims.name, () => {
    describeContract(claims, values, (list) => list);
    refusesHoles(claims);
    passesOverLeadingNaN(claims);
    scales(
      claims,
      values,
      (list) => list,
      (value, factor) => value * factor
    );
  });
}

/** What every indicator over bars must do. */
export function describeBarIndicator(claims: Claims<Bar, BarSeries>): void {
  describe(claims.name, () => {
    describeContract(claims, barLists, toBarSeries);
    refusesSenselessBars(claims);
    scales(claims, barLists, toBarSeries, (bar, factor) => ({
      ...bar,
      open: bar.open * factor,
      high: bar.high * factor,
      low: bar.low * factor,
      close: bar.close * factor
    }));
  });
}

function describeContract<Input, Batch>(
  {batch, stream, warmup, hasPeriod = true}: Claims<Input, Batch>,
  lists: fc.Arbitrary<Input[]>,
  pack: (list: Input[]) => Batch
): void {
  it("returns one result per input, NaN while it warms up and only then", () => {
    fc.assert(
      fc.property(lists, periods, (list, period) => {
        const lines = linesOf(batch(pack(list), period));
        for (const [line, count] of Object.entries(warmup(period)))
          expect([...lines[line]!].map(Number.isNaN)).toEqual(list.map((_, i) => i < count));
        expect(Object.keys(lines).sort()).toEqual(Object.keys(warmup(period)).sort());
      }),
      run
    );
  });

  it("gives the same results an input at a time, bit for bit", () => {
    fc.assert(
      fc.property(lists, periods, (list, period) => {
        const incremental = stream(period);
        const rows = list.map((input) => rowOf(incremental.next(input)));
        for (const [line, column] of Object.entries(linesOf(batch(pack(list), period))))
          expect(rows.map((row) => row[line])).toEqual([...column]);
      }),
      run
    );
  });

  it("never looks ahead", () => {
    fc.assert(
      fc.property(lists, periods, fc.nat(119), (list, period, length) => {
        const whole = linesOf(batch(pack(list), period));
        for (const [line, column] of Object.entries(linesOf(batch(pack(list.slice(0, length)), period))))
          expect([...column]).toEqual([...whole[line]!].slice(0, length));
      }),
      run
    );
  });

  it("leaves its input as it was", () => {
    const list = fc.sample(lists, {seed: run.seed, numRuns: 20}).at(-1)!;
    const packed = pack(list);
    const before = structuredClone(packed);
    batch(packed, 3);
    expect(packed).toEqual(before);
  });

  if (hasPeriod)
    it("refuses a period that is not a positive whole number", () => {
      for (const period of [0, -1, 1.5, NaN, Infinity]) {
        expect(() => batch(pack([]), period)).toThrow(RangeError);
        expect(() => stream(period)).toThrow(`: ${period}`);
      }
    });
}

function refusesHoles({batch, stream}: Claims<number, ArrayLike<number>>): void {
  it("refuses a hole after the first value, naming its row", () => {
    for (const hole of [NaN, Infinity, -Infinity]) {
      expect(() => batch([1, 2, hole, 4], 2)).toThrow(`invalid value at 2: ${hole}`);
      const incremental = stream(2);
      incremental.next(1);
      expect(() => incremental.next(hole)).toThrow(`invalid value: ${hole}`);
    }
  });
}

function refusesSenselessBars({batch, stream}: Claims<Bar, BarSeries>): void {
  it("refuses a bar whose prices make no sense, naming its row", () => {
    const good = {time: 0, open: 2, high: 3, low: 1, close: 2, volume: 1};
    for (const fault of [{high: NaN}, {low: NaN}, {close: NaN}, {close: 4}, {low: 2.5}, {high: Infinity}]) {
      const bad = {...good, time: 1, ...fault};
      expect(() => batch(toBarSeries([good, bad]), 2)).toThrow(/^invalid bar at 1: /);
      expect(() => stream(2).next(bad)).toThrow(/^invalid bar at 0: /);
    }
  });
}

function passesOverLeadingNaN({batch, stream}: Claims<number, ArrayLike<number>>): void {
  it("passes over leading NaN, as another indicator's warm-up", () => {
    fc.assert(
      fc.property(values, periods, fc.nat(20), (list, period, count) => {
        const late = [...new Array<number>(count).fill(NaN), ...list];
        const plain = linesOf(batch(list, period));
        const shifted = linesOf(batch(late, period));
        const incremental = stream(period);
        const rows = late.map((value) => rowOf(incremental.next(value)));
        for (const [line, column] of Object.entries(plain)) {
          expect([...shifted[line]!]).toEqual([...new Array<number>(count).fill(NaN), ...column]);
          expect(rows.map((row) => row[line])).toEqual([...shifted[line]!]);
        }
      }),
      run
    );
  });
}

function scales<Input, Batch>(
  {batch, degree}: Claims<Input, Batch>,
  lists: fc.Arbitrary<Input[]>,
  pack: (list: Input[]) => Batch,
  scale: (input: Input, factor: number) => Input
): void {
  const degreeOf = (line: string) => (typeof degree === "object" ? degree[line]! : degree);
  it(degree === 0 ? "does not change when prices are scaled" : "scales with prices", () => {
    fc.assert(
      fc.property(lists, periods, fc.constantFrom(0.25, 2, 1024), (list, period, factor) => {
        const plain = linesOf(batch(pack(list), period));
        const scaled = linesOf(batch(pack(list.map((input) => scale(input, factor))), period));
        for (const [line, column] of Object.entries(plain))
          expect([...scaled[line]!]).toEqual([...column].map((value) => value * factor ** degreeOf(line)));
      }),
      run
    );
  });
}

function linesOf(results: Results): Readonly<Record<string, Float64Array>> {
  return results instanceof Float64Array ? {value: results} : results;
}

function rowOf(result: Result): Readonly<Record<string, number>> {
  return typeof result === "number" ? {value: result} : result;
}
