import type {Bar, BarSeries} from "../../domain/bar.js";
import {type Detector, detectAll, type StructureEvent} from "./event.js";
import {createSwings, type SwingEvent, type SwingOptions} from "./swings.js";

/** A break of structure or change of character; `level` is the swing's price, `levelTime` its bar. */
export type StructureBreakEvent = StructureEvent<
  "bos-up" | "bos-down" | "choch-up" | "choch-down",
  "close" | "level" | "levelTime"
>;

/**
 * Structure breaks: closes beyond the last confirmed swing. With the running direction it is a break of structure
 * (BOS), against it a change of character (CHoCH), which turns the direction.
 *
 * A bar is held against the last swing high and low as confirmed *before* it; each swing is broken once, by a close
 * strictly beyond it. The first break of all has no direction to go with or against: it sets it, and is not stated.
 *
 * @param options those of `swings`, whose events are the levels
 * @returns events oldest first; `time` and `knownAt` are both the bar that closed beyond, `price` the level
 * @throws {RangeError} as `swings`
 * @example structureBreaks(bars) // [{type: "bos-up", price: 1.1012, evidence: {close: 1.1016, level: 1.1012, …}, …}, …]
 *
 * The terms are those of "smart money" teaching and have no single author; libraries differ in whether a wick breaks
 * (here only a close) and in what a swing is (see `swings`).
 */
export function structureBreaks(bars: BarSeries, options?: SwingOptions): StructureBreakEvent[] {
  return detectAll(bars, createStructureBreaks(options));
}

/** `structureBreaks` a bar at a time. */
export function createStructureBreaks(options?: SwingOptions): Detector<StructureBreakEvent> {
  const swingDetector = createSwings(options);
  let direction: "up" | "down" | undefined;
  let high: SwingEvent | undefined;
  let low: SwingEvent | undefined;

  function breakOf(bar: Bar): readonly StructureBreakEvent[] {
    const side = high && bar.close > high.price ? "up" : low && bar.close < low.price ? "down" : undefined;
    if (side === undefined) return none;
    const level = side === "up" ? high! : low!;
    const last = direction;
    direction = side;
    if (side === "up") high = undefined;
    else low = undefined;
    return last === undefined ? none : [stateBreak(`${last === side ? "bos" : "choch"}-${side}`, level, bar)];
  }

  return {
    next(bar) {
      const confirmed = swingDetector.next(bar);
      const events = breakOf(bar);
      for (const swing of confirmed) {
        if (swing.type === "swing-high") high = swing;
        else low = swing;
      }
      return events;
    }
  };
}

function stateBreak(type: StructureBreakEvent["type"], level: SwingEvent, {time, close}: Bar): StructureBreakEvent {
  const evidence = {close, level: level.price, levelTime: level.time};
  return {type, time, knownAt: time, price: level.price, evidence, rule: "structure-break@1"};
}

const none: readonly StructureBreakEvent[] = [];
