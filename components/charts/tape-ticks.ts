import {DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import {toWall} from "../../services/domain/zone.js";
import {formatMoment, type MomentOptions} from "../format/moment.js";

/** A label under a time axis: one line, and a second where the day or the year changes. */
export interface TapeTick {
  readonly position: number; // in places, as a bar's
  readonly label: string;
}

type Step = {readonly key: (wall: number) => number; readonly style: "time" | "day" | "month"; readonly outer: Key};
type Key = (wall: number) => number;

const day: Key = (wall) => Math.floor(wall / DAY_MS);
const year: Key = (wall) => new Date(wall).getUTCFullYear();
const months =
  (count: number): Key =>
  (wall) =>
    Math.floor((year(wall) * 12 + new Date(wall).getUTCMonth()) / count);
const clock = (ms: number): Step => ({key: (wall) => Math.floor(wall / ms), style: "time", outer: day});
const dates = (count: number): Step => ({
  key: (wall) => Math.floor((day(wall) + 3) / count),
  style: "day",
  outer: year
});
const calendar = (count: number): Step => ({key: months(count), style: "month", outer: year});

const steps: readonly Step[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => clock(n * MINUTE_MS)),
  ...[1, 2, 3, 4, 6, 12].map((n) => clock(n * HOUR_MS)),
  ...[1, 2, 7, 14].map(dates),
  ...[1, 2, 3, 6, 12, 24, 60].map(calendar)
];

/**
 * Labels for bars laid out by place: the finest step of the clock or the calendar that leaves room for its words,
 * each at the first bar of its step, in the zone of display.
 *
 * @param times when bars opened; @param position their places
 * @param room places that one label needs
 */
export function tapeTicks(
  times: ArrayLike<EpochMs>,
  position: ArrayLike<number>,
  room: number,
  options: MomentOptions
) {
  const walls = Array.from(times, (time) => toWall(options.zone, time));
  const span = walls.length === 0 ? 0 : position[walls.length - 1]! + 1;
  const most = Math.max(1, Math.floor(span / room));
  const step = steps.find(({key}) => countChanges(walls, key) <= most) ?? steps.at(-1)!;
  const firsts = walls.flatMap((wall, i) =>
    i > 0 && position[i]! >= room * 0.3 && step.key(wall) !== step.key(walls[i - 1]!) ? [i] : []
  );
  return labelled(spaced(firsts, position, room), step, times, walls, position, options);
}

function countChanges(walls: readonly number[], key: Key): number {
  return walls.reduce((n, wall, i) => n + (i > 0 && key(wall) !== key(walls[i - 1]!) ? 1 : 0), 0);
}

function spaced(firsts: readonly number[], position: ArrayLike<number>, room: number): number[] {
  const kept: number[] = [];
  for (const i of firsts) {
    const last = kept.at(-1);
    if (last === undefined || position[i]! - position[last]! >= room) kept.push(i);
  }
  return kept;
}

function labelled(
  kept: readonly number[],
  {style, outer}: Step,
  times: ArrayLike<EpochMs>,
  walls: readonly number[],
  position: ArrayLike<number>,
  options: MomentOptions
): TapeTick[] {
  return kept.map((i, k) => {
    const isNew = k === 0 || outer(walls[i]!) !== outer(walls[kept[k - 1]!]!);
    const over = isNew ? `\n${formatMoment(times[i]!, style === "time" ? "day" : "year", options)}` : "";
    return {position: position[i]!, label: formatMoment(times[i]!, style, options) + over};
  });
}
