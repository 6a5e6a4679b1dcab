/** Ticks of many instruments as columns of one length, oldest first; times may repeat but not fall. */
export interface TickTable {
  readonly time: Float64Array;
  /** The instrument of each tick, by its place in a list. */
  readonly instrument: Uint16Array;
  /** Trades' prices, or one side of quotes. */
  readonly price: Float64Array;
  readonly volume: Float64Array;
}

/** @throws {RangeError} if the columns differ in length */
export function assertColumns({time, instrument, price, volume}: TickTable): void {
  const lengths = [time, instrument, price, volume].map(({length}) => length);
  if (lengths.some((length) => length !== time.length))
    throw new RangeError(`tick columns differ in length: ${lengths.join(", ")}`);
}

/** What is wrong with row *i*, which follows one of time *last*, where there are so many instruments. */
export function tickFault(
  {time, instrument, price, volume}: TickTable,
  i: number,
  last: number,
  count: number
): string {
  if (!(time[i]! >= last)) return `ticks out of order at ${i}: ${time[i]} after ${last}`;
  if (!(price[i]! > 0 && price[i]! < Infinity)) return `invalid price at ${i}: ${price[i]}`;
  if (!(instrument[i]! < count)) return `unknown instrument at ${i}: ${instrument[i]} of ${count}`;
  return `invalid volume at ${i}: ${volume[i]}`;
}
