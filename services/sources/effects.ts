import {setTimeout} from "node:timers/promises";
import type {BarSeries} from "../domain/bar.js";
import type {TradingCalendar} from "../domain/calendar.js";
import type {EpochMs} from "../domain/time.js";
import type {Timeframe} from "../domain/timeframe.js";
import {parseClockShift} from "./clock-shift.js";
import type {Environment} from "./settings/reference.js";

/** Clock, chance, network and environment, as sources use them. */
export interface SourceEffects {
  readonly fetch: typeof fetch;
  /** The clock; a demo's is shifted by `TAPEBOOK_NOW_SHIFT_MS`. */
  readonly now: () => EpochMs;
  /** In [0, 1), for the jitter of reconnections. */
  readonly random: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly env: Environment;
  /** Makes bars of ticks, for files that hold ticks where bars are asked. It lives in analytics: callers bring it. */
  readonly ticksToBars?: TicksToBars;
}

/** Folds ticks into bars by a calendar's sessions; `lastIsPartial` where more may come into the last at `asOf`. */
export type TicksToBars = (
  ticks: {readonly time: ArrayLike<EpochMs>; readonly price: ArrayLike<number>; readonly volume?: ArrayLike<number>},
  timeframe: Timeframe,
  calendar: TradingCalendar,
  options: {readonly asOf?: EpochMs}
) => BarSeries & {readonly lastIsPartial: boolean};

/** The real ones. */
export const defaultSourceEffects: SourceEffects = {
  fetch: (input, init) => fetch(input, init),
  now: () => Date.now() + parseClockShift(process.env),
  random: () => Math.random(),
  sleep: (ms, signal) => setTimeout(ms, undefined, signal === undefined ? {} : {signal}),
  get env() {
    return process.env;
  }
};
