import type {BarSeries} from "../../domain/bar.js";
import {type EpochMs, MINUTE_MS} from "../../domain/time.js";
import type {TapeInstrument} from "./instruments.js";
import {dayBars, minuteBars, sessionBar} from "./known-bars.js";
import {type TapeTick, tickAt, ticksBetween} from "./known-ticks.js";
import type {TapeLevels} from "./levels.js";
import type {StepBar} from "./step-bars.js";

/** What one instrument's tape shows. Whatever the moment asked from, the past is the same. */
export interface InstrumentTape {
  readonly spec: TapeInstrument;
  readonly levels: TapeLevels;
  /** Minute bars that open in [start, end), as known at *now*: the last may still be forming. */
  minuteBars(start: EpochMs, end: EpochMs, now: EpochMs): BarSeries;
  /** Session bars that open in [start, end), as known at *now*; `time` is the session's open. */
  dayBars(start: EpochMs, end: EpochMs, now: EpochMs): BarSeries;
  /** Ticks in [start, end), oldest first. */
  ticks(start: EpochMs, end: EpochMs): TapeTick[];
  /** The last tick at or before a moment. */
  tickAt(time: EpochMs): TapeTick | undefined;
  /** The least spread of the minute that holds a moment, in steps of the price. */
  spreadAt(time: EpochMs): number;
  /** The session bar as known at *now*, in steps, or `undefined` before its first tick. */
  sessionBar(number: number, now: EpochMs): StepBar | undefined;
}

/** The tape of one instrument, in prices and moments. */
export function createInstrumentTape(levels: TapeLevels): InstrumentTape {
  return {
    spec: levels.spec,
    levels,
    minuteBars: (start, end, now) => minuteBars(levels, start, end, now),
    dayBars: (start, end, now) => dayBars(levels, start, end, now),
    ticks: (start, end) => ticksBetween(levels, start, end),
    tickAt: (time) => tickAt(levels, time),
    spreadAt(time) {
      const number = levels.sessions.numberAt(time);
      return levels.spread(number, Math.max(0, Math.floor((time - levels.sessions.at(number).open) / MINUTE_MS)));
    },
    sessionBar: (number, now) => sessionBar(levels, number, now)
  };
}
