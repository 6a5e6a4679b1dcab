import type {Estimate} from "../../domain/estimate.js";
import type {Interval} from "./bootstrap.js";

/** An estimate that cannot be had, and why; the reason is plain words, as `12 round trips; at least 30 are needed`. */
export function refuse(n: number, reason: string): Estimate {
  return {value: undefined, n, reason};
}

/**
 * The refusal for a sample that is too small.
 *
 * @param unit what was counted, as many: its first word in -s is the noun, which of one stands without it
 * @example refuseSmall(1, 10, "losses, realised or on paper").reason // "1 loss, realised or on paper; at least 10 are needed"
 */
export function refuseSmall(n: number, minimum: number, unit: string): Estimate {
  return refuse(n, `${n} ${n === 1 ? oneOf(unit) : unit}; at least ${minimum} are needed`);
}

function oneOf(unit: string): string {
  return unit.replace(/(ies|sses|s)\b/, (ending) => (ending === "ies" ? "y" : ending === "sses" ? "ss" : ""));
}

/** A value with its interval; without one, the estimate says that none could be had. */
export function estimateWith(value: number, n: number, interval: Interval | undefined, method: string): Estimate {
  if (!Number.isFinite(value)) return refuse(n, "not defined for this sample");
  if (!interval) return {value, n, reason: "too little variation for an interval"};
  const {low, high, level, draws} = interval;
  return {value, n, low, high, level, method: `${method}, ${draws} draws`};
}
