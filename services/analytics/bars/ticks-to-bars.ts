import {createBarSeries} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";
import {createBarFold} from "./fold.js";
import type {ResampleOptions} from "./resample-bars.js";
import {cutBars, finishBars, type ResampledBars} from "./resampled-bars.js";

/** Ticks as columns of one length, oldest first; times may repeat but not fall. */
export interface TickColumns {
  readonly time: ArrayLike<EpochMs>;
  /** Trades' prices, or one side of quotes: bars of bid and of ask are made one after the other. */
  readonly price: ArrayLike<number>;
  /** What was traded; where absent each tick counts 1, as MetaTrader's tick volume. */
  readonly volume?: ArrayLike<number>;
}

/**
 * Bars from ticks, as `createBarBuilder` makes them one by one.
 *
 * @returns the bars, oldest first; a bar without a tick does not exist. See `resampleBars` for the rest
 * @throws {RangeError} naming the row if a price is not positive, a volume negative, or times fall
 * @example ticksToBars({time: [0, 400, 1_200], price: [2, 3, 1]}, "1s", crypto) // two bars, of volume 2 and 1
 */
export function ticksToBars(
  {time, price, volume}: TickColumns,
  timeframe: Timeframe,
  calendar: TradingCalendar,
  {asOf = time[time.length - 1] ?? -Infinity}: ResampleOptions = {}
): ResampledBars {
  assertTicks({time, price, ...(volume && {volume})});
  const target = createBarSeries(time.length);
  const fold = createBarFold(timeframe, calendar, target);
  const left: EpochMs[] = [];
  for (let i = 0; i < time.length; ++i) {
    const at = price[i]!;
    if (!fold.add(time[i]!, at, at, at, at, volume ? volume[i]! : 1)) left.push(time[i]!);
  }
  return finishBars(cutBars(target, fold.rows), {end: fold.end, left, asOf}, calendar);
}

function assertTicks({time, price, volume}: TickColumns): void {
  let last = -Infinity;
  if (price.length !== time.length || (volume && volume.length !== time.length))
    throw new RangeError(`tick columns differ in length: ${time.length}, ${price.length}, ${volume?.length}`);
  for (let i = 0; i < time.length; ++i) {
    if (!(time[i]! >= last)) throw new RangeError(`ticks out of order at ${i}: ${time[i]} after ${last}`);
    if (!(price[i]! > 0 && price[i]! < Infinity)) throw new RangeError(`invalid price at ${i}: ${price[i]}`);
    if (volume && !(volume[i]! >= 0 && volume[i]! < Infinity))
      throw new RangeError(`invalid volume at ${i}: ${volume[i]}`);
    last = time[i]!;
  }
}
