import {type Bar, type BarSeries, createBarSeries, sliceBars} from "../../domain/bar.js";
import {type Columns, createColumns, type Indicator, type Row, rowAt, sliceColumns} from "./indicator.js";

/** The engine of an indicator over bars: as `ValueKernel`, but reads columns of bars. */
export type BarKernel = (bars: BarSeries, out: Float64Array) => void;

/** The same, with several results per bar. */
export type BarColumnsKernel<Name extends string> = (bars: BarSeries, out: Columns<Name>) => void;

/** What must hold of bars before a kernel reads them: throws a RangeError naming the row, the first being *start*. */
export type BarCheck = (bars: BarSeries, start: number) => void;

/**
 * A kernel run over all bars at once.
 *
 * @throws {RangeError} naming the row if a bar's prices make no sense; order and volume are the door's to check
 */
export function runBars(kernel: BarKernel, bars: BarSeries, check: BarCheck = assertPrices): Float64Array {
  const out = new Float64Array(bars.length);
  forEachBlock(bars, check, (block, start) => kernel(block, out.subarray(start, start + block.length)));
  return out;
}

/** `runBars` for several results per bar. */
export function runBarColumns<Name extends string>(
  kernel: BarColumnsKernel<Name>,
  names: readonly Name[],
  bars: BarSeries,
  check: BarCheck = assertPrices
): Columns<Name> {
  const out = createColumns(names, bars.length);
  forEachBlock(bars, check, (block, start) => kernel(block, sliceColumns(out, start, start + block.length)));
  return out;
}

const BLOCK = 4_096; // bars whose prices stay in the nearer caches from the check to the results

function forEachBlock(bars: BarSeries, check: BarCheck, run: (block: BarSeries, start: number) => void): void {
  for (let start = 0; start < bars.length; start += BLOCK) {
    const block = sliceBars(bars, start, Math.min(bars.length, start + BLOCK));
    check(block, start);
    run(block, start);
  }
}

/** A kernel fed one bar at a time. */
export function streamBars(kernel: BarKernel, check: BarCheck = assertPrices): Indicator<Bar> {
  const output = new Float64Array(1);
  const feed = createFeed(check, (bar) => kernel(bar, output));
  return {
    next(bar) {
      feed(bar);
      return output[0]!;
    }
  };
}

/** `streamBars` for several results per bar. */
export function streamBarColumns<Name extends string>(
  kernel: BarColumnsKernel<Name>,
  names: readonly Name[],
  check: BarCheck = assertPrices
): Indicator<Bar, Row<Name>> {
  const output = createColumns(names, 1);
  const feed = createFeed(check, (bar) => kernel(bar, output));
  return {
    next(bar) {
      feed(bar);
      return rowAt(output, 0);
    }
  };
}

function createFeed(check: BarCheck, accept: (bars: BarSeries) => void): (bar: Bar) => void {
  const input = createBarSeries(1);
  const {time, open, high, low, close, volume} = input;
  return (bar) => {
    time[0] = bar.time; // by name, not in a loop over names: that would be most of the work
    open[0] = bar.open;
    high[0] = bar.high;
    low[0] = bar.low;
    close[0] = bar.close;
    volume[0] = bar.volume;
    check(input, 0);
    accept(input);
  };
}

function assertPrices({length, high, low, close}: BarSeries, start: number): void {
  for (let i = 0; i < length; ++i) {
    if (!(low[i]! <= close[i]! && close[i]! <= high[i]! && high[i]! - low[i]! < Infinity))
      throw new RangeError(`invalid bar at ${start + i}: high ${high[i]}, low ${low[i]}, close ${close[i]}`);
  }
}

/** The check of indicators that read volume as well. */
export function assertPricesAndVolumes(bars: BarSeries, start: number): void {
  assertPrices(bars, start);
  const {length, volume} = bars;
  for (let i = 0; i < length; ++i) {
    if (!(volume[i]! >= 0 && volume[i]! < Infinity))
      throw new RangeError(`invalid volume at ${start + i}: ${volume[i]}`);
  }
}
