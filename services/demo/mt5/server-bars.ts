import {type Bar, barAt} from "../../domain/bar.js";
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

/** A bar that nobody else holds yet, so that folding can grow it in place: a chart's history is a hundred thousand. */
type Piece = {-readonly [Name in keyof ServerBar]: ServerBar[Name]};

function* minutePieces(tape: InstrumentTape, start: EpochMs, end: EpochMs, now: EpochMs): Generator<Piece> {
  const {length, time, open, high, low, close, volume} = tape.minuteBars(start, end, now);
  for (let i = 0; i < length; ++i)
    yield {
      time: time[i]!,
      open: open[i]!,
      high: high[i]!,
      low: low[i]!,
      close: close[i]!,
      volume: volume[i]!,
      spread: tape.spreadAt(time[i]!)
    };
}

/** Whole sessions where they lie in one server day, else their minutes: clocks that change at other times cut them. */
function* dayPieces(
  tape: InstrumentTape,
  start: EpochMs,
  end: EpochMs,
  now: EpochMs,
  clock: ServerTime
): Generator<Piece> {
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

function foldPieces(pieces: Iterable<Piece>, openOf: (time: EpochMs) => number): ServerBar[] {
  const bars: Piece[] = [];
  let last: Piece | undefined;
  for (const piece of pieces) {
    const time = openOf(piece.time);
    if (last?.time === time) {
      join(last, piece);
      continue;
    }
    piece.time = time;
    bars.push(piece);
    last = piece;
  }
  return bars;
}

function join(bar: Piece, next: ServerBar): void {
  bar.high = Math.max(bar.high, next.high);
  bar.low = Math.min(bar.low, next.low);
  bar.close = next.close;
  bar.volume += next.volume;
  bar.spread = Math.min(bar.spread, next.spread);
}
