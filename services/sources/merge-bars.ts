import {type BarSeries, barAt, sliceBars} from "../domain/bar.js";
import {lowerBound} from "../domain/lower-bound.js";
import type {EpochMs} from "../domain/time.js";
import {createBarRows} from "./bar-rows.js";
import type {SourcedBars} from "./bar-source.js";

/** Bars of one file or page of a source, with its name for messages. */
export interface BarsPart extends SourcedBars {
  readonly name: string;
}

/**
 * Bars of several files as one series. Parts may overlap where they agree.
 *
 * @throws {SourceError} SOURCE_BAD_DATA if two parts state one bar differently
 */
export function mergeBars(parts: readonly BarsPart[]): SourcedBars {
  const warnings = parts.flatMap((part) => part.warnings);
  const dropped = parts.flatMap((part) => part.duplicateTimes);
  const [first] = parts;
  if (parts.length === 1 && first) return {bars: first.bars, duplicateTimes: dropped, warnings};
  const rows = parts.flatMap(({name, bars}) =>
    Array.from({length: bars.length}, (_, i) => ({name, bars, i, time: bars.time[i]!}))
  );
  rows.sort((a, b) => a.time - b.time);
  const merged = createBarRows();
  for (const {name, bars, i} of rows) merged.add(barAt(bars, i), name);
  return {bars: merged.finish(), duplicateTimes: [...dropped, ...merged.duplicateTimes], warnings};
}

/** The bars that open at or after *start* and before *end*. */
export function barsBetween(bars: BarSeries, start: EpochMs, end: EpochMs): BarSeries {
  return sliceBars(bars, lowerBound(bars.time, start), lowerBound(bars.time, end));
}
