import {utcTicks} from "npm:d3";
import {DAY_MS} from "../../services/domain/time.js";
import {formatMoment, type MomentStyle} from "../format/moment.js";

/** A label under an axis of time: one line, and a second where the day or the year changes. */
export interface TimeTick {
  /** On the zone's wall clock, as if it were UTC. */
  readonly at: Date;
  readonly label: string;
}

/** How an axis of time is labelled. */
export interface TimeTickOptions {
  readonly locale: string;
  readonly edge?: number; // a share of the axis; 0
}

/**
 * About so many labels between two moments of a wall clock, at round hours, days, months or years, in the locale's
 * words and with a 24-hour clock.
 *
 * @param edge share of the axis at its start that is left without a label, which would run out of the drawing
 */
export function timeTicks(start: Date, end: Date, count: number, {locale, edge = 0}: TimeTickOptions): TimeTick[] {
  const all = utcTicks(start, end, count);
  const every = Math.ceil(all.length / (count * 1.5));
  const first = Number(start) + edge * (Number(end) - Number(start));
  const ticks = all.filter((tick, i) => i % every === 0 && Number(tick) >= first);
  const step = ticks.length > 1 ? Number(ticks[1]) - Number(ticks[0]) : DAY_MS;
  const [style, outer] = stylesOf(step);
  const text = (tick: Date, shown: MomentStyle) => formatMoment(Number(tick), shown, {zone: "UTC", locale});
  return ticks.map((at, i) => {
    const over = outer === undefined ? undefined : text(at, outer);
    const isNew = over !== undefined && (i === 0 || text(ticks[i - 1]!, outer!) !== over);
    return {at, label: isNew ? `${text(at, style)}\n${over}` : text(at, style)};
  });
}

function stylesOf(step: number): [style: MomentStyle, outer: MomentStyle | undefined] {
  if (step < DAY_MS) return ["time", "day"];
  if (step < 28 * DAY_MS) return ["day", "year"];
  return step < 360 * DAY_MS ? ["month", "year"] : ["year", undefined];
}
