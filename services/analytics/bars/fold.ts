import type {BarSeries} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";
import {createBucketRule} from "./bucket.js";

/** Folds prices into bars, the one place where that is done: resampling, ticks and live bars all come through here. */
export interface BarFold {
  /** Bars begun in the target; the last is still open. */
  readonly rows: number;
  /** When the open bar ends, or −∞ where there is none. */
  readonly end: EpochMs;
  /** Folds one interval in; answers false, and does nothing, outside every session. Times must not fall. */
  add(time: EpochMs, open: number, high: number, low: number, close: number, volume: number): boolean;
  /** Folds all rows of a series in, and answers with the times of those outside every session. */
  addAll(bars: BarSeries): EpochMs[];
  /** Begins again at the target's first row. */
  restart(): void;
}

/** A fold into the rows of *target*, which must have as many as there will be bars. */
export function createBarFold(timeframe: Timeframe, calendar: TradingCalendar, target: BarSeries): BarFold {
  const bucketAt = createBucketRule(timeframe, calendar);
  const {time: times, open: opens, high: highs, low: lows, close: closes, volume: volumes} = target;
  const forming = new Float64Array(2).fill(-Infinity); // typed, so that a time is not an object anew for every bar
  let row = -1;

  function add(time: EpochMs, open: number, high: number, low: number, close: number, volume: number): boolean {
    if (!(time < forming[UNTIL]!)) {
      const bucket = bucketAt(time);
      if (bucket === undefined) return false;
      forming[UNTIL] = bucket.until;
      if (!(time < forming[END]!)) {
        forming[END] = bucket.end;
        if (!(++row < target.length)) throw new RangeError(`no room for bar ${row} of ${target.length}`);
        times[row] = bucket.start;
        opens[row] = open;
        highs[row] = high;
        lows[row] = low;
        closes[row] = close;
        volumes[row] = volume;
        return true;
      }
    }
    if (high > highs[row]!) highs[row] = high;
    if (low < lows[row]!) lows[row] = low;
    closes[row] = close;
    volumes[row]! += volume;
    return true;
  }

  return {
    get rows() {
      return row + 1;
    },
    get end() {
      return forming[END]!;
    },
    add,
    addAll({length, time, open, high, low, close, volume}) {
      const left: EpochMs[] = [];
      for (let i = 0; i < length; ++i)
        if (!add(time[i]!, open[i]!, high[i]!, low[i]!, close[i]!, volume[i]!)) left.push(time[i]!);
      return left;
    },
    restart() {
      row = -1;
      forming.fill(-Infinity);
    }
  };
}

const END = 0;
const UNTIL = 1; // as long as time is before this, it is the open bar's: no need to look
