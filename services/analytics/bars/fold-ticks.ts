import {type BarSeries, createBarSeries, sliceBars} from "../../domain/bar.js";
import {sessionAt, type TradingCalendar} from "../../domain/calendar.js";
import type {EpochMs} from "../../domain/time.js";
import {type Timeframe, timeframeMs} from "../../domain/timeframe.js";
import {mostBuckets, openingOf} from "./bucket.js";
import {assertColumns, type TickTable, tickFault} from "./tick-table.js";

/** One instrument's bars, when the last ends, and the times of ticks outside every session. */
export interface TickLane {
  readonly bars: BarSeries;
  readonly end: EpochMs;
  readonly left: readonly EpochMs[];
}

// Where in a lane's eight values, one line of cache, each of its forming bar stands; END is −∞ before the first bar.
// They are constants of this file because an imported one is read from memory in every turn of the loop.
const END = 0;
const HIGH = 1;
const LOW = 2;
const CLOSE = 3;
const VOLUME = 4;
const START = 5;
const OPEN = 6;
const LANE = 8;

/**
 * Tick fold: intraday bars of all instruments of a table at once. Each lane is what `createBarFold` makes of that
 * instrument's ticks, in one loop over typed columns for all of them. The lanes' bars share one buffer a column.
 *
 * @param timeframe of seconds, minutes or hours
 * @param calendars one per instrument
 * @throws {RangeError} naming the row if a price is not positive, a volume negative, an instrument unknown, or times
 * fall; or if the columns differ in length
 */
export function foldTicks(ticks: TickTable, timeframe: Timeframe, calendars: readonly TradingCalendar[]): TickLane[] {
  assertColumns(ticks);
  const {time, instrument, price, volume} = ticks;
  const lanes = createTickLanes(ticks, timeframe, calendars);
  const {forming} = lanes;
  const count = calendars.length;
  let last = -Infinity;
  for (let i = 0; i < time.length; ++i) {
    const at = time[i]!;
    const lane = instrument[i]!;
    const value = price[i]!;
    const size = volume[i]!;
    if (!(at >= last && value > 0 && value < Infinity && size >= 0 && size < Infinity && lane < count))
      throw new RangeError(tickFault(ticks, i, last, count));
    last = at;
    const slot = lane * LANE;
    if (at < forming[slot + END]!) {
      if (value > forming[slot + HIGH]!) forming[slot + HIGH] = value;
      if (value < forming[slot + LOW]!) forming[slot + LOW] = value;
      forming[slot + CLOSE] = value;
      forming[slot + VOLUME]! += size;
    } else lanes.begin(lane, at, value, size);
  }
  return lanes.finish();
}

interface TickLanes {
  /** The bars that are forming, `LANE` values each. */
  readonly forming: Float64Array;
  /** Writes the lane's bar out and begins the one that holds *time*, or only notes it outside every session. */
  begin(lane: number, time: EpochMs, price: number, volume: number): void;
  /** Writes all out. */
  finish(): TickLane[];
}

/** Lanes with room for the intraday bars of a table's ticks. */
function createTickLanes(ticks: TickTable, timeframe: Timeframe, calendars: readonly TradingCalendar[]): TickLanes {
  const count = calendars.length;
  const stepMs = timeframeMs(timeframe);
  const forming = new Float64Array(count * LANE).fill(-Infinity);
  const [sessionOpen, sessionClose] = [new Float64Array(count).fill(NaN), new Float64Array(count)];
  const starts = laneStarts(ticks, timeframe, count);
  const rows = starts.slice(0, count); // the next row to be written
  const bars = createBarSeries(starts[count]!);
  const {time: times, open: opens, high: highs, low: lows, close: closes, volume: volumes} = bars;
  const left: EpochMs[][] = calendars.map(() => []);

  function write(lane: number): void {
    const slot = lane * LANE;
    if (forming[slot] === -Infinity) return;
    const row = rows[lane]!++;
    if (!(row < starts[lane + 1]!)) throw new RangeError(`no room for bar ${row} of instrument ${lane}`);
    times[row] = forming[slot + START]!;
    opens[row] = forming[slot + OPEN]!;
    highs[row] = forming[slot + HIGH]!;
    lows[row] = forming[slot + LOW]!;
    closes[row] = forming[slot + CLOSE]!;
    volumes[row] = forming[slot + VOLUME]!;
  }

  function enterSession(lane: number, time: EpochMs): boolean {
    const session = sessionAt(calendars[lane]!, time);
    if (session === undefined) {
      left[lane]!.push(time);
      return false;
    }
    sessionOpen[lane] = session.open;
    sessionClose[lane] = session.close;
    return true;
  }

  return {
    forming,
    begin(lane, time, price, volume) {
      const isInSession = sessionOpen[lane]! <= time && time < sessionClose[lane]!;
      if (!isInSession && !enterSession(lane, time)) return;
      write(lane);
      const slot = lane * LANE;
      const start = openingOf(sessionOpen[lane]!, stepMs, time);
      forming[slot + START] = start;
      forming[slot + END] = Math.min(start + stepMs, sessionClose[lane]!);
      forming[slot + OPEN] = price;
      forming[slot + HIGH] = price;
      forming[slot + LOW] = price;
      forming[slot + CLOSE] = price;
      forming[slot + VOLUME] = volume;
    },
    finish() {
      for (let lane = 0; lane < count; ++lane) write(lane);
      return left.map((out, lane) => {
        return {bars: sliceBars(bars, starts[lane]!, rows[lane]!), end: forming[lane * LANE + END]!, left: out};
      });
    }
  };
}

/** The first row of each lane, and after them all: room for a bar per tick, or per bucket of the time they span. */
function laneStarts({time, instrument}: TickTable, timeframe: Timeframe, count: number): Uint32Array {
  const steps = time.length === 0 ? 0 : mostBuckets(timeframe, time[0]!, time[time.length - 1]!);
  const room = new Uint32Array(count).fill(Math.min(steps, time.length));
  if (!(steps * count <= time.length)) {
    const ticks = new Uint32Array(count);
    for (let i = 0; i < instrument.length; ++i) ++ticks[instrument[i]!]!;
    for (let lane = 0; lane < count; ++lane) room[lane] = Math.min(steps, ticks[lane]!);
  }
  const starts = new Uint32Array(count + 1);
  for (let lane = 0; lane < count; ++lane) starts[lane + 1] = starts[lane]! + room[lane]!;
  return starts;
}
