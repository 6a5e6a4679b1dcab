import type {PlannedSeries} from "./chart-plan.js";

/**
 * A line of at most so many points that looks the same: of each stretch of points its first, lowest, highest and last
 * are kept, so that no peak is lost. A line of fewer points comes back as it is.
 *
 * Source: M4 aggregation, Jugel et al., VLDB 2014.
 */
export function thinSeries(series: PlannedSeries, most: number): PlannedSeries {
  const {name, x, y} = series;
  if (!(x.length > most)) return series;
  const stretches = Math.max(1, Math.floor(most / 4));
  const kept: number[] = [];
  for (let i = 0; i < stretches; ++i) {
    const start = Math.floor((i * x.length) / stretches);
    const end = Math.floor(((i + 1) * x.length) / stretches);
    kept.push(...keptOf(y, start, end));
  }
  return {name, x: Float64Array.from(kept, (i) => x[i]!), y: Float64Array.from(kept, (i) => y[i]!)};
}

function keptOf(y: Float64Array, start: number, end: number): number[] {
  let low = start;
  let high = start;
  for (let i = start; i < end; ++i) {
    if (y[i]! < y[low]! || Number.isNaN(y[low])) low = i;
    if (y[i]! > y[high]! || Number.isNaN(y[high])) high = i;
  }
  return [...new Set([start, low, high, end - 1])].sort((a, b) => a - b);
}
