import {type Bar, type BarSeries, barColumns, barFault, createBarSeries} from "../domain/bar.js";
import {SourceError} from "../domain/source-error.js";
import {type EpochMs, formatIso} from "../domain/time.js";

/** Bars as a source's rows become them, one at a time and in the source's order. */
export interface BarRows {
  /**
   * @param where names the row, as `EURUSD.csv:12`
   * @throws {SourceError} SOURCE_BAD_DATA if the bar makes no sense, lies before the one above, or states an earlier
   * bar's time with other values
   */
  add(bar: Bar, where: string): void;
  /** Opening time of the last bar, −Infinity at first. */
  readonly lastTime: number;
  /** Opening time of each row that repeated the one above and was dropped. */
  readonly duplicateTimes: readonly EpochMs[];
  finish(): BarSeries;
}

/** Collects rows into columns: nothing is sorted, filled or mended, only an exact repetition is dropped. */
export function createBarRows(): BarRows {
  const bars: Bar[] = [];
  const duplicateTimes: EpochMs[] = [];
  return {
    add(bar, where) {
      const fault = barFault(bar);
      if (fault !== undefined) throw new SourceError("SOURCE_BAD_DATA", `${where}: ${fault}`);
      const last = bars.at(-1);
      if (last === undefined || bar.time > last.time) bars.push(bar);
      else if (isSame(bar, last)) duplicateTimes.push(bar.time);
      else throw new SourceError("SOURCE_BAD_DATA", `${where}: ${conflict(bar, last)}`);
    },
    get lastTime() {
      return bars.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
    },
    duplicateTimes,
    finish: () => toColumns(bars)
  };
}

function isSame(a: Bar, b: Bar): boolean {
  return barColumns.every((name) => a[name] === b[name]);
}

function conflict(bar: Bar, last: Bar): string {
  if (bar.time < last.time) return `out of order: ${formatIso(bar.time)} after ${formatIso(last.time)}`;
  const field = barColumns.find((name) => bar[name] !== last[name])!;
  return `two bars at ${formatIso(bar.time)} differ: ${field} ${last[field]} and ${bar[field]}`;
}

function toColumns(bars: readonly Bar[]): BarSeries {
  const series = createBarSeries(bars.length);
  for (let i = 0; i < bars.length; ++i) for (const name of barColumns) series[name][i] = bars[i]![name];
  return series;
}
