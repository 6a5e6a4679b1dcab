import {type Bar, barAt, barFault, createBarSeries} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";
import {createBarFold} from "./fold.js";

/** How long a bar is, and the calendar of the venue, by whose sessions bars begin and end. */
export interface BarBuilderOptions {
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
}

/** Builds bars as prices come in. A bar it has given out is final: nothing that comes later changes it. */
export interface BarBuilder {
  /** Takes a tick (volume 1 where the venue gives none); answers with the bar that it closed, if it did. */
  add(time: EpochMs, price: number, volume?: number): Bar | undefined;
  /** Takes a finer bar, or the forming bar of a former run, to go on from it. */
  addBar(bar: Bar): Bar | undefined;
  /** Closes the forming bar if its time is over at *now*, and answers with it. */
  close(now: EpochMs): Bar | undefined;
  /** The bar being built, as it stands; `undefined` before its first price. */
  readonly forming: Bar | undefined;
  /** When the forming bar ends, `undefined` where there is none. */
  readonly formingEnd: EpochMs | undefined;
  /** Prices dropped: for a bar already closed or passed, or outside every session. */
  readonly dropped: {readonly late: number; readonly offSession: number};
}

/**
 * Bar builder: ticks, or finer bars, into the bars of one timeframe, by the venue's sessions.
 *
 * A price in the forming bar's time is folded in, in the order of arrival; one that is later closes the bar and begins
 * the next, one outside the session only closes it. A late one, for a bar that is closed or passed, is dropped and
 * counted, since a closed bar never changes. What comes out equals `ticksToBars` over the same ticks.
 *
 * @throws {RangeError} from `add` and `addBar`, if the time, price or volume makes no sense
 * @example
 * const builder = createBarBuilder({timeframe: "1m", calendar: crypto});
 * builder.add(0, 100); // undefined; builder.forming is {time: 0, open: 100, …, volume: 1}
 * builder.add(60_000, 101); // {time: 0, open: 100, high: 100, low: 100, close: 100, volume: 1}
 */
export function createBarBuilder({timeframe, calendar}: BarBuilderOptions): BarBuilder {
  const target = createBarSeries(1);
  const fold = createBarFold(timeframe, calendar, target);
  const dropped = {late: 0, offSession: 0};
  let sealed = -Infinity; // no price before this moment is taken any more

  function close(now: EpochMs): Bar | undefined {
    if (!(fold.rows > 0 && now >= fold.end)) return undefined;
    const bar = barAt(target, 0);
    sealed = fold.end;
    fold.restart();
    return bar;
  }

  function addBar(bar: Bar): Bar | undefined {
    const fault = barFault(bar);
    if (fault !== undefined) throw new RangeError(`invalid price: ${fault}`);
    const closed = close(bar.time);
    if (bar.time < sealed) ++dropped.late;
    else if (!fold.add(bar.time, bar.open, bar.high, bar.low, bar.close, bar.volume)) ++dropped.offSession;
    else sealed = target.time[0]!;
    return closed;
  }

  return {
    add: (time, price, volume = 1) => addBar({time, open: price, high: price, low: price, close: price, volume}),
    addBar,
    close,
    get forming() {
      return fold.rows > 0 ? barAt(target, 0) : undefined;
    },
    get formingEnd() {
      return fold.rows > 0 ? fold.end : undefined;
    },
    get dropped() {
      return {...dropped};
    }
  };
}
