import {type BarSeries, barColumns, createBarSeries, sliceBars} from "../../domain/bar.js";
import {type EpochMs, MINUTE_MS} from "../../domain/time.js";
import type {TapeLevels} from "./levels.js";
import {minutesOf} from "./session-index.js";
import {foldSteps, type StepBar, stepBarAt} from "./step-bars.js";

/** Minute bars that open in [start, end), as known at *now*: the last may still be forming. */
export function minuteBars(levels: TapeLevels, start: EpochMs, end: EpochMs, now: EpochMs): BarSeries {
  const until = Math.min(end, now + 1);
  const parts: BarSeries[] = [];
  for (let number = levels.sessions.numberAt(start); levels.sessions.at(number).open < until; ++number)
    parts.push(sessionMinutes(levels, number, start, until, now));
  return concatenate(parts);
}

function sessionMinutes(levels: TapeLevels, number: number, start: EpochMs, end: EpochMs, now: EpochMs): BarSeries {
  const session = levels.sessions.at(number);
  const first = Math.max(0, Math.ceil((start - session.open) / MINUTE_MS));
  const last = Math.min(minutesOf(session), Math.ceil((end - session.open) / MINUTE_MS));
  const series = createBarSeries(Math.max(0, last - first));
  const minutes = levels.minutes(number);
  let row = 0;
  for (let minute = first; minute < last; ++minute) {
    const time = session.open + minute * MINUTE_MS;
    const bar =
      time + MINUTE_MS <= now ? stepBarAt(minutes, minute) : formingMinute(levels, number, minute, now - time);
    if (bar) put(series, row++, time, bar, levels);
  }
  return sliceBars(series, 0, row);
}

/** Session bars that open in [start, end), as known at *now*; `time` is the session's open. */
export function dayBars(levels: TapeLevels, start: EpochMs, end: EpochMs, now: EpochMs): BarSeries {
  const from = levels.sessions.numberAt(start);
  const to = levels.sessions.numberAt(Math.min(end, now + 1));
  const series = createBarSeries(to - from + 1);
  let row = 0;
  for (let number = from; number <= to; ++number) {
    const {open} = levels.sessions.at(number);
    const bar = open >= start && open < end ? sessionBar(levels, number, now) : undefined;
    if (bar) put(series, row++, open, bar, levels);
  }
  return sliceBars(series, 0, row);
}

/** The bar of a session as known at *now*, in steps; `undefined` before its first tick. */
export function sessionBar(levels: TapeLevels, number: number, now: EpochMs): StepBar | undefined {
  const {open, close} = levels.sessions.at(number);
  if (close <= now) return levels.day(number).bar;
  if (now < open) return undefined;
  const whole = Math.floor((now - open) / MINUTE_MS);
  const forming = formingMinute(levels, number, whole, now - open - whole * MINUTE_MS);
  if (whole === 0) return forming;
  const done = foldSteps(levels.minutes(number), 0, whole);
  return forming ? join(done, forming) : done;
}

/** A minute from the ticks of its first milliseconds. */
function formingMinute(levels: TapeLevels, number: number, minute: number, elapsedMs: number): StepBar | undefined {
  const {offsetMs, price, volume} = levels.ticks(number, minute);
  const seen = offsetMs.findLastIndex((offset) => offset <= elapsedMs) + 1;
  if (seen === 0) return undefined;
  const prices = price.subarray(0, seen);
  const counted = volume.subarray(0, seen).reduce((sum, value) => sum + value, 0);
  return {
    open: prices[0]!,
    high: Math.max(...prices),
    low: Math.min(...prices),
    close: prices.at(-1)!,
    volume: counted
  };
}

function join(a: StepBar, b: StepBar): StepBar {
  const {open, high, low, volume} = a;
  return {open, high: Math.max(high, b.high), low: Math.min(low, b.low), close: b.close, volume: volume + b.volume};
}

function put(series: BarSeries, row: number, time: EpochMs, bar: StepBar, {toPrice}: TapeLevels): void {
  series.time[row] = time;
  for (const name of ["open", "high", "low", "close"] as const) series[name][row] = toPrice(bar[name]);
  series.volume[row] = bar.volume;
}

function concatenate(parts: readonly BarSeries[]): BarSeries {
  const series = createBarSeries(parts.reduce((sum, part) => sum + part.length, 0));
  let row = 0;
  for (const part of parts) {
    for (const name of barColumns) series[name].set(part[name], row);
    row += part.length;
  }
  return series;
}
