import type {TickSeries} from "../domain/tick-series.js";

/** The rows from *start* up to *end*, sharing memory with the series. */
export function cutTicks(ticks: TickSeries, start: number, end: number): TickSeries {
  const cut = (name: "time" | "bid" | "ask" | "last" | "volume") => ticks[name].subarray(start, end);
  const time = cut("time");
  return {length: time.length, time, bid: cut("bid"), ask: cut("ask"), last: cut("last"), volume: cut("volume")};
}
