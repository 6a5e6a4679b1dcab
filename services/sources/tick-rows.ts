import {SourceError} from "../domain/source-error.js";
import {createTickSeries, type TickSeries} from "../domain/tick-series.js";
import {type EpochMs, formatIso} from "../domain/time.js";

/** One tick of the past; a price that it does not state is NaN. */
export interface TickRow {
  readonly time: EpochMs;
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  readonly volume: number;
}

/** Ticks as a source's rows become them, one at a time and in the source's order. */
export interface TickRows {
  /** @throws {SourceError} SOURCE_BAD_DATA if the tick makes no sense or lies before the one above */
  add(tick: TickRow, where: string): void;
  readonly lastTime: number;
  finish(): TickSeries;
}

const tickColumns = ["time", "bid", "ask", "last", "volume"] as const;

/** Collects ticks into columns; several of one time are kept as they come. */
export function createTickRows(): TickRows {
  const ticks: TickRow[] = [];
  return {
    add(tick, where) {
      const fault = tickFault(tick, ticks.at(-1)?.time ?? Number.NEGATIVE_INFINITY);
      if (fault !== undefined) throw new SourceError("SOURCE_BAD_DATA", `${where}: ${fault}`);
      ticks.push(tick);
    },
    get lastTime() {
      return ticks.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
    },
    finish() {
      const series = createTickSeries(ticks.length);
      for (let i = 0; i < ticks.length; ++i) for (const name of tickColumns) series[name][i] = ticks[i]![name];
      return series;
    }
  };
}

function tickFault({time, bid, ask, last, volume}: TickRow, lastTime: number): string | undefined {
  if (!Number.isFinite(time)) return `time is not a number: ${time}`;
  if (!(time >= lastTime)) return `out of order: ${formatIso(time)} after ${formatIso(lastTime)}`;
  for (const price of [bid, ask, last])
    if (!(Number.isNaN(price) || (price > 0 && price < Infinity))) return `price not positive: ${price}`;
  if (Number.isNaN(bid) && Number.isNaN(last)) return "no bid and no last price";
  if (!(volume >= 0 && volume < Infinity)) return `volume negative or not a number: ${volume}`;
  return undefined;
}
