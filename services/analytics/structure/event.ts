import {assertBars, type Bar, type BarSeries, barAt} from "../../domain/bar.js";
import type {EpochMs} from "../../domain/time.js";

/**
 * Something a rule found in the bars. Once stated it is never changed or withdrawn.
 *
 * `time` is the bar where it sits, and `knownAt` the first bar *at whose close* it could be stated, both as the times at
 * which those bars opened. `evidence` holds what the rule measured, prices in the instrument's own; `rule` names the
 * rule and its version, as `swing@1`.
 */
export interface StructureEvent<Type extends string = string, Measure extends string = string> {
  readonly type: Type;
  readonly time: EpochMs;
  readonly knownAt: EpochMs;
  readonly price: number;
  readonly evidence: Readonly<Record<Measure, number>>;
  readonly rule: string;
}

/** A rule fed one bar at a time: `next` answers with the events first known at that bar's close, often none. */
export interface Detector<Event> {
  /** @throws {RangeError} if the bar makes no sense, or is not later than the last one */
  next(bar: Bar): readonly Event[];
}

/** A time check for detectors: throws a {RangeError} unless each bar is later than the one before. */
export function createOrderCheck(): (bar: Bar) => void {
  let last = -Infinity;
  return ({time}) => {
    if (!(time > last)) throw new RangeError(`bars out of order: ${time} after ${last}`);
    last = time;
  };
}

/**
 * All events of a series, in the order in which they became known: the detector run to the end of the bars.
 *
 * @throws {RangeError} naming the row if a bar makes no sense or times do not rise
 */
export function detectAll<Event>(bars: BarSeries, detector: Detector<Event>): Event[] {
  assertBars(bars);
  const events: Event[] = [];
  for (let i = 0; i < bars.length; ++i) for (const event of detector.next(barAt(bars, i))) events.push(event);
  return events;
}
