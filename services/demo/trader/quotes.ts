import {type EpochMs, MINUTE_MS} from "../../domain/time.js";
import {toWall} from "../../domain/zone.js";
import type {InstrumentTape} from "../tape/instrument-tape.js";
import type {TapeTick} from "../tape/known-ticks.js";
import {blockMinutes} from "../tape/planted.js";
import {minutesOf} from "../tape/session-index.js";

/** The side of a position. */
export type PositionSide = "buy" | "sell";

/** What a position of that side is closed at: the bid of a long one, the ask of a short one. */
export function closingPrice(side: PositionSide, tick: TapeTick): number {
  return side === "buy" ? tick.bid : tick.ask;
}

/** What a position of that side is opened at. */
export function openingPrice(side: PositionSide, tick: TapeTick): number {
  return side === "buy" ? tick.ask : tick.bid;
}

/** Profit in US dollars of a move from one price to another; a price in yen is turned into dollars at the closing price. */
export function profitOf({spec}: InstrumentTape, side: PositionSide, lots: number, from: number, to: number): number {
  const move = (side === "buy" ? to - from : from - to) * lots * spec.contractSize;
  return spec.currency === "USD" ? move : move / to;
}

/** The first tick in (start, end] at which a position would be stopped out or reach its target. */
export function firstExit(
  tape: InstrumentTape,
  side: PositionSide,
  stop: number,
  target: number,
  start: EpochMs,
  end: EpochMs
): TapeTick | undefined {
  const {levels, spec} = tape;
  const [low, high] = [Math.min(stop, target), Math.max(stop, target)];
  const widestSpread = (3 * spec.spreadSteps + 3) * spec.tickSize;
  const mayCross = (bar: {readonly low: number; readonly high: number}) =>
    levels.toPrice(bar.low) <= low || levels.toPrice(bar.high) + (side === "sell" ? widestSpread : 0) >= high;
  const crosses = (tick: TapeTick) => {
    const price = closingPrice(side, tick);
    return tick.time > start && (price <= low || price >= high);
  };
  for (let number = levels.sessions.numberAt(start); levels.sessions.at(number).open <= end; ++number) {
    const session = levels.sessions.at(number);
    if (!mayCross(levels.day(number).bar)) continue;
    const blocks = levels.blocks(number);
    for (let minute = 0; minute < minutesOf(session); ++minute) {
      const opened = session.open + minute * MINUTE_MS;
      if (opened > end || opened + MINUTE_MS <= start) continue;
      const block = Math.floor(minute / blockMinutes);
      if (!mayCross({low: blocks.low[block]!, high: blocks.high[block]!})) continue;
      if (!mayCross(levels.minute(number, minute))) continue;
      const found = tape.ticks(opened, Math.min(opened + MINUTE_MS, end + 1)).find(crosses);
      if (found) return found;
    }
  }
  return undefined;
}

/** Nights a position was held over 17:00 in New York; that of Wednesday counts three, for the weekend. */
export function nightsBetween(start: EpochMs, end: EpochMs): number {
  const dayOf = (time: EpochMs) => Math.floor((toWall("America/New_York", time) + 7 * 60 * MINUTE_MS) / 86_400_000);
  let nights = 0;
  for (let day = dayOf(start); day < dayOf(end); ++day) {
    const weekday = (day + 4) % 7;
    nights += weekday === 3 ? 3 : weekday >= 1 && weekday <= 5 ? 1 : 0;
  }
  return nights;
}
