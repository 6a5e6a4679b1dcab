import {createTickSeries, type TickSeries, tickColumns} from "../../services/domain/tick-series.js";
import {tuesday} from "./samples.js";

/** A tick of a test: quotes by bid and ask, trades by last and volume. */
export interface SampleTick {
  readonly time: number;
  readonly bid?: number;
  readonly ask?: number;
  readonly last?: number;
  readonly volume?: number;
}

/** Ticks as columns. */
export function tickSeries(ticks: readonly SampleTick[]): TickSeries {
  const series = createTickSeries(ticks.length);
  ticks.forEach((tick, i) => {
    for (const name of tickColumns) series[name][i] = tick[name] ?? (name === "volume" ? 0 : Number.NaN);
  });
  return series;
}

/** Quotes on a grid of 0.00001 from a fixed recurrence, *meanMs* apart in the mean, some in one millisecond. */
export function sampleTicks(length: number, {start = tuesday, meanMs = 400} = {}): TickSeries {
  const ticks = createTickSeries(length);
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  let [time, level] = [start, 117_000];
  for (let i = 0; i < length; ++i) {
    time += Math.floor(-Math.log(random()) * meanMs);
    level += random() < 0.5 ? -1 : 1;
    ticks.time[i] = time;
    ticks.bid[i] = level / 1e5;
    ticks.ask[i] = (level + 6 + Math.floor(random() * 5)) / 1e5;
    ticks.last[i] = Number.NaN;
  }
  return ticks;
}

/** The rows of a series, one object each. */
export function tickRows(ticks: TickSeries): SampleTick[] {
  return Array.from({length: ticks.length}, (_, i) => ({
    time: ticks.time[i]!,
    bid: ticks.bid[i]!,
    ask: ticks.ask[i]!,
    last: ticks.last[i]!,
    volume: ticks.volume[i]!
  }));
}
