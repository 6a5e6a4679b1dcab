/** Ticks as columns of one length, oldest first; times may repeat. A price that a tick does not state is NaN. */
export interface TickSeries {
  readonly length: number;
  readonly time: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly last: Float64Array;
  /** Units dealt at `last`; 0 where nothing was. */
  readonly volume: Float64Array;
}

/** An empty series of *length* ticks, all zero, to be filled. */
export function createTickSeries(length: number): TickSeries {
  const column = () => new Float64Array(length);
  return {length, time: column(), bid: column(), ask: column(), last: column(), volume: column()};
}

/** Names of the columns of a `TickSeries`, in their usual order. */
export const tickColumns = ["time", "bid", "ask", "last", "volume"] as const;

/**
 * The check at the door of a room that takes ticks.
 *
 * @throws {RangeError} naming the row if times fall or are no whole milliseconds, a price is not positive, a volume is
 * negative, or a tick states neither bid nor last price
 */
export function assertTicks(ticks: TickSeries): void {
  let previous = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < ticks.length; ++i) {
    const time = ticks.time[i]!;
    if (!Number.isSafeInteger(time))
      throw new RangeError(`invalid tick at ${i}: time is no whole millisecond: ${time}`);
    if (!(time >= previous)) throw new RangeError(`ticks out of order at ${i}: ${time} after ${previous}`);
    if (!isSound(ticks, i)) throw new RangeError(`invalid tick at ${i}: ${tickWords(ticks, i)}`);
    previous = time;
  }
}

function isSound({bid, ask, last, volume}: TickSeries, i: number): boolean {
  const [b, a, l, v] = [bid[i]!, ask[i]!, last[i]!, volume[i]!];
  if (!(b > 0 && b < Infinity) && !(Number.isNaN(b) && l > 0)) return false;
  return isPriceOrNone(a) && isPriceOrNone(l) && v >= 0 && v < Infinity;
}

function isPriceOrNone(price: number): boolean {
  return (price > 0 && price < Infinity) || Number.isNaN(price);
}

function tickWords({bid, ask, last, volume}: TickSeries, i: number): string {
  return `bid ${bid[i]} ask ${ask[i]} last ${last[i]} volume ${volume[i]}`;
}
