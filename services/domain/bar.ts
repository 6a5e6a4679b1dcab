import type {EpochMs} from "./time.js";

/** One OHLCV interval; `time` is when it opened. Volume is in the venue's own count: ticks, shares or contracts. */
export interface Bar {
  readonly time: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Bars as columns of one length, oldest first; times rise strictly. */
export interface BarSeries {
  readonly length: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** Names of the columns of a `BarSeries`, in their usual order. */
export const barColumns = ["time", "open", "high", "low", "close", "volume"] as const;

/** An empty series of *length* bars, all zero, to be filled. */
export function createBarSeries(length: number): BarSeries {
  const column = () => new Float64Array(length);
  return {length, time: column(), open: column(), high: column(), low: column(), close: column(), volume: column()};
}

/** Bars as columns. The bars are not checked: see `assertBars`. */
export function toBarSeries(bars: readonly Bar[]): BarSeries {
  const series = createBarSeries(bars.length);
  bars.forEach((bar, i) => {
    for (const name of barColumns) series[name][i] = bar[name];
  });
  return series;
}

/** @throws {RangeError} if *i* is not a row of the series */
export function barAt(series: BarSeries, i: number): Bar {
  if (!(i >= 0 && i < series.length)) throw new RangeError(`no bar at ${i}: ${series.length} bars`);
  const {time, open, high, low, close, volume} = series;
  return {time: time[i]!, open: open[i]!, high: high[i]!, low: low[i]!, close: close[i]!, volume: volume[i]!};
}

/** A series as bars, one object a row: for tests and tables, not for loops over many. */
export function toBars(series: BarSeries): Bar[] {
  return Array.from({length: series.length}, (_, i) => barAt(series, i));
}

/** The rows from *start* up to *end*, sharing memory with the series. */
export function sliceBars(series: BarSeries, start: number, end = series.length): BarSeries {
  const time = series.time.subarray(start, end);
  const cut = (name: "open" | "high" | "low" | "close" | "volume") => series[name].subarray(start, end);
  return {
    length: time.length,
    time,
    open: cut("open"),
    high: cut("high"),
    low: cut("low"),
    close: cut("close"),
    volume: cut("volume")
  };
}

/** What is wrong with a bar's prices or volume, or `undefined` where nothing is. */
export function barFault({time, open, high, low, close, volume}: Bar): string | undefined {
  if (!Number.isFinite(time)) return `time is not a number: ${time}`;
  if (!(Math.min(open, high, low, close) > 0 && high < Infinity))
    return `price not positive: ${open} ${high} ${low} ${close}`;
  if (!(high >= Math.max(open, close, low))) return `high ${high} below open ${open}, low ${low} or close ${close}`;
  if (!(low <= Math.min(open, close))) return `low ${low} above open ${open} or close ${close}`;
  if (!(volume >= 0 && volume < Infinity)) return `volume negative or not a number: ${volume}`;
  return undefined;
}

/**
 * The check at the door of every room that takes bars.
 *
 * @throws {RangeError} naming the row if a bar makes no sense or times do not rise
 */
export function assertBars(series: BarSeries): void {
  const i = firstFault(series);
  if (i === series.length) return;
  const fault = barFault(barAt(series, i));
  if (fault !== undefined) throw new RangeError(`invalid bar at ${i}: ${fault}`);
  throw new RangeError(`bars out of order at ${i}: ${series.time[i]} after ${series.time[i - 1]}`);
}

/** The first row that makes no sense or does not follow, without making a bar of each; the length where none is. */
function firstFault({length, time, open, high, low, close, volume}: BarSeries): number {
  let last = -Infinity;
  for (let i = 0; i < length; ++i) {
    const top = high[i]!;
    const bottom = low[i]!;
    if (!(time[i]! > last && bottom > 0 && top < Infinity && time[i]! < Infinity)) return i;
    if (!(volume[i]! >= 0 && volume[i]! < Infinity)) return i;
    if (!(bottom <= open[i]! && open[i]! <= top && bottom <= close[i]! && close[i]! <= top)) return i;
    last = time[i]!;
  }
  return length;
}
