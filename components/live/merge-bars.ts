import {type Bar, type BarSeries, barColumns, createBarSeries} from "../../services/domain/bar.js";
import {rowOf} from "./heard-bars.js";

/**
 * A series and *added* bars in one order, of two at one time the added.
 *
 * @param added oldest first
 * @returns all of them, and one empty row at the end
 */
export function mergeBars(series: BarSeries, added: readonly Bar[]): BarSeries {
  const replaced = added.filter(({time}) => rowOf(series, time) !== undefined).length;
  const merged = createBarSeries(series.length + added.length - replaced + 1);
  let end = series.length;
  let at = merged.length - 1;
  for (const bar of added.toReversed()) {
    while (end > 0 && series.time[end - 1]! > bar.time) copyRow(series, --end, merged, --at);
    if (end > 0 && series.time[end - 1] === bar.time) --end;
    at -= 1;
    for (const name of barColumns) merged[name][at] = bar[name];
  }
  for (const name of barColumns) merged[name].set(series[name].subarray(0, end));
  return merged;
}

function copyRow(from: BarSeries, row: number, to: BarSeries, at: number): void {
  for (const name of barColumns) to[name][at] = from[name][row]!;
}
