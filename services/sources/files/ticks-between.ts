import {lowerBound} from "../../domain/lower-bound.js";
import {SourceError} from "../../domain/source-error.js";
import {createTickSeries} from "../../domain/tick-series.js";
import type {EpochMs} from "../../domain/time.js";
import {cutTicks} from "../cut-ticks.js";
import type {SourcedTicks} from "../tick-source.js";

const columns = ["time", "bid", "ask", "last", "volume"] as const;

/**
 * Ticks of several files as one series, cut to start ≤ time < end.
 *
 * @throws {SourceError} SOURCE_BAD_DATA if two files cover the same time: their ticks cannot be told apart
 */
export function ticksBetween(
  parts: readonly (SourcedTicks & {readonly name: string})[],
  start: EpochMs,
  end: EpochMs
): SourcedTicks {
  const ordered = parts.filter(({ticks}) => ticks.length > 0).sort((a, b) => a.ticks.time[0]! - b.ticks.time[0]!);
  ordered.forEach(({name, ticks}, i) => {
    const next = ordered[i + 1];
    if (next !== undefined && next.ticks.time[0]! <= ticks.time.at(-1)!)
      throw new SourceError("SOURCE_BAD_DATA", `${name} and ${next.name} hold ticks of the same time; keep one`);
  });
  const cut = ordered.map(({ticks}) => cutTicks(ticks, lowerBound(ticks.time, start), lowerBound(ticks.time, end)));
  const ticks = createTickSeries(cut.reduce((sum, {length}) => sum + length, 0));
  let offset = 0;
  for (const part of cut) {
    for (const name of columns) ticks[name].set(part[name], offset);
    offset += part.length;
  }
  return {ticks, warnings: parts.flatMap(({warnings}) => warnings)};
}
