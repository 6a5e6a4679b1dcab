import {type Bar, type BarSeries, barAt} from "../../domain/bar.js";
import {DAY_MS, type EpochMs, MINUTE_MS} from "../../domain/time.js";
import type {InstrumentTape} from "../tape/instrument-tape.js";
import {minutesOf} from "../tape/session-index.js";
import type {ServerTime} from "./server-time.js";

/** A terminal's timeframes, in minutes; months are their own. */
const terminalMinutes = {
  M1: 1,
  M5: 5,
  M15: 15,
  M30: 30,
  H1: 60,
  H4: 240,
  D1: 1_440,
  W1: 10_080,
  MN1: 43_200
} as const;

/** A timeframe by the terminal's name for it, as `M5`. */
export type TerminalTimeframe = keyof typeof terminalMinutes;

/** A bar as a terminal shows it; `time` is the server's wall clock. */
export interface ServerBar extends Bar {
  readonly spread: number;
}

/** Whether a text is the name of a terminal's timeframe. */
export function isTerminalTimeframe(text: string): text is TerminalTimeframe {
  return Object.hasOwn(terminalMinutes, text);
}

/** Bars on the server's own clock that open from one wall time to another, both included, as known at *now*. */
export function serverBars(
  tape: InstrumentTape,
  timeframe: TerminalTimeframe,
  [startWall, endWall]: readonly [number, number],
  now: EpochMs,
  clock: ServerTime
): ServerBar[] {
  const floor = (wall: number) => floorWall(wall, timeframe);
  const first = floor(startWall) < startWall ? floor(nextWall(startWall, timeframe)) : startWall;
  const end = Math.min(clock.timeOf(nextWall(Math.max(endWall, first), timeframe)), now + 1);
  const isIntraday = terminalMinutes[timeframe] < terminalMinutes.D1;
  const start = clock.timeOf(first);
  const pieces = isIntraday ? minutePieces(tape, start, end, now) : dayPieces(tape, start, end, now, clock);
  return foldPieces(pieces, (time) => floor(clock.wallOf(time))).filter(({time}) => time >= first && time <= endWall);
}

/** The last *count* bars, the one that is forming included. */
export function lastServerBars(
  tape: InstrumentTape,
  timeframe: TerminalTimeframe,
  count: number,
  now: EpochMs,
  clock: ServerTime
): ServerBar[] {
  const {sessions} = tape.levels;
  const minutes = count * terminalMinutes[timeframe];
  let number = sessions.numberAt(now);
  for (let found = 0; found < minutes && number > 0; --number) found += minutesOf(sessions.at(number));
  const back = timeframe === "W1" || timeframe === "MN1" ? count * 31 * DAY_MS : 0;
  const start = Math.max(sessions.at(0).open, sessions.at(Math.max(0, number - 1)).open - back);
  return serverBars(tape, timeframe, [clock.wallOf(start), clock.wallOf(now)], now, clock).slice(-count);
}

function floorWall(wall: number, timeframe: TerminalTimeframe): number {
  if (timeframe === "MN1") {
    const date = new Date(wall);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const sunday = timeframe === "W1" ? 3 * DAY_MS : 0; // 1970-01-04; a terminal's weeks begin on Sunday
  const step = terminalMinutes[timeframe] * MINUTE_MS;
  return Math.floor((wall - sunday) / step) * step + sunday;
}

function nextWall(wall: number, timeframe: TerminalTimeframe): number {
  const step = timeframe === "MN1" ? 31 * DAY_MS : terminalMinutes[timeframe] * MINUTE_MS;
  return floorWall(floorWall(wall, timeframe) + step, timeframe);
}

function* minutePieces(tape: InstrumentTape, start: EpochMs, end: EpochMs, now: EpochMs): Generator<ServerBar> {
  const series: BarSeries = tape.minuteBars(start, end, now);
  for (let i = 0; i < series.length; ++i) yield {...barAt(series, i), spread: tape.spreadAt(series.time[i]!)};
}

/** Whole sessions where they lie in one server day, else their minutes: clocks that change at other times cut them. */
function* dayPieces(
  tape: InstrumentTape,
  start: EpochMs,
  end: EpochMs,
  now: EpochMs,
  clock: ServerTime
): Generator<ServerBar> {
  const {sessions} = tape.levels;
  const dayOf = (time: EpochMs) => Math.floor(clock.wallOf(time) / DAY_MS);
  const spread = Math.max(1, Math.round(tape.spec.spreadSteps * 0.4));
  for (let number = sessions.numberAt(start); sessions.at(number).open < end; ++number) {
    const {open, close} = sessions.at(number);
    if (open < start || dayOf(open) !== dayOf(close - 1)) {
      yield* minutePieces(tape, Math.max(open, start), Math.min(close, end), now);
      continue;
    }
    const day = tape.dayBars(open, open + 1, now);
    if (day.length > 0) yield {...barAt(day, 0), spread};
  }
}

function foldPieces(pieces: Iterable<ServerBar>, openOf: (time: EpochMs) => number): ServerBar[] {
  const bars: ServerBar[] = [];
  for (const piece of pieces) {
    const time = openOf(piece.time);
    const last = bars.at(-1);
    if (last?.time === time) bars[bars.length - 1] = joinBars(last, piece);
    else bars.push({...piece, time});
  }
  return bars;
}

function joinBars(a: ServerBar, b: ServerBar): ServerBar {
  const high = Math.max(a.high, b.high);
  const low = Math.min(a.low, b.low);
  return {...a, high, low, close: b.close, volume: a.volume + b.volume, spread: Math.min(a.spread, b.spread)};
}
