import {type EpochMs, MINUTE_MS} from "../../domain/time.js";
import type {TapeLevels} from "./levels.js";
import {minutesOf} from "./session-index.js";

/** One tick of a tape. A quote's price is its bid. */
export interface TapeTick {
  readonly time: EpochMs;
  readonly price: number;
  readonly bid: number;
  readonly ask: number;
  readonly volume: number;
  /** Volume of the session up to and with this tick. */
  readonly dayVolume: number;
}

/** Ticks in [start, end), oldest first. */
export function ticksBetween(levels: TapeLevels, start: EpochMs, end: EpochMs): TapeTick[] {
  const found: TapeTick[] = [];
  for (let number = levels.sessions.numberAt(start); levels.sessions.at(number).open < end; ++number) {
    const session = levels.sessions.at(number);
    const first = Math.max(0, Math.floor((start - session.open) / MINUTE_MS));
    const last = Math.min(minutesOf(session), Math.ceil((end - session.open) / MINUTE_MS));
    for (let minute = first; minute < last; ++minute) collect(levels, number, minute, start, end, found);
  }
  return found;
}

function collect(levels: TapeLevels, number: number, minute: number, start: EpochMs, end: EpochMs, found: TapeTick[]) {
  const {offsetMs} = levels.ticks(number, minute);
  const opened = levels.sessions.at(number).open + minute * MINUTE_MS;
  for (let i = 0; i < offsetMs.length; ++i)
    if (opened + offsetMs[i]! >= start && opened + offsetMs[i]! < end) found.push(tickOf(levels, number, minute, i));
}

/** The last tick at or before a moment; `undefined` before the tape begins. */
export function tickAt(levels: TapeLevels, time: EpochMs): TapeTick | undefined {
  let number = levels.sessions.numberAt(time);
  let minute = Math.floor((time - levels.sessions.at(number).open) / MINUTE_MS);
  for (;;) {
    while (minute < 0) {
      if (--number < 0) return undefined;
      minute = minutesOf(levels.sessions.at(number)) - 1;
    }
    const elapsedMs = time - levels.sessions.at(number).open - minute * MINUTE_MS;
    const last = levels.ticks(number, minute).offsetMs.findLastIndex((offset) => offset <= elapsedMs);
    if (last >= 0) return tickOf(levels, number, minute, last);
    minute -= 1;
  }
}

function tickOf(levels: TapeLevels, number: number, minute: number, i: number): TapeTick {
  const {offsetMs, price, spread, volume} = levels.ticks(number, minute);
  const bid = price[i]! - (levels.spec.ticks === "trades" ? i % 2 : 0); // trades fall on the bid and the ask by turns
  let dayVolume = levels.volumeBefore(number, minute);
  for (let j = 0; j <= i; ++j) dayVolume += volume[j]!;
  return {
    time: levels.sessions.at(number).open + minute * MINUTE_MS + offsetMs[i]!,
    price: levels.toPrice(price[i]!),
    bid: levels.toPrice(bid),
    ask: levels.toPrice(bid + spread[i]!),
    volume: volume[i]!,
    dayVolume
  };
}
