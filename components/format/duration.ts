import {DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS} from "../../services/domain/time.js";
import {ABSENT, formatNumber} from "./number.js";

const units = [
  {name: "d", ms: DAY_MS},
  {name: "h", ms: HOUR_MS},
  {name: "min", ms: MINUTE_MS},
  {name: "s", ms: SECOND_MS}
] as const;

/**
 * A length of time in its two largest units: `formatDuration(5_400_000)` is `1 h 30 min`, 660_000 is `11 min`.
 * Below ten seconds, to a tenth. Milliseconds in; a negative length bears a true minus.
 */
export function formatDuration(durationMs: number | undefined): string {
  if (durationMs === undefined || !Number.isFinite(durationMs)) return ABSENT;
  if (durationMs < 0) return `\u2212${formatDuration(-durationMs)}`;
  if (durationMs < 9_950) return `${formatNumber(durationMs / SECOND_MS, {decimals: 1})}\u202fs`;
  const [first, second] = parts(durationMs);
  return second === undefined ? first! : `${first} ${second}`;
}

function parts(durationMs: number): string[] {
  const lead = units.findIndex(({ms}) => durationMs >= ms);
  const tail = units[lead + 1];
  const rounded = tail === undefined ? durationMs : Math.round(durationMs / tail.ms) * tail.ms;
  const first = units.findIndex(({ms}) => rounded >= ms);
  const {name, ms} = units[first]!;
  const next = units[first + 1];
  const rest = next === undefined ? 0 : Math.round((rounded % ms) / next.ms);
  const whole = `${formatNumber(next === undefined ? Math.round(rounded / ms) : Math.floor(rounded / ms))}\u202f${name}`;
  return rest === 0 || next === undefined ? [whole] : [whole, `${rest}\u202f${next.name}`];
}
