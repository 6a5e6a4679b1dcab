import type {Estimate} from "../../domain/estimate.js";
import {type BootstrapOptions, bootstrapInterval} from "./bootstrap.js";
import {estimateWith, refuseSmall} from "./estimates.js";
import {minimumSample} from "./minimum-sample.js";
import {mean} from "./moments.js";

/**
 * The mean over sessions, with its interval by drawing sessions anew.
 *
 * @param values one a session; those that are no number are left out
 * @returns n sessions; refused below 10
 */
export function meanOverSessions(values: ArrayLike<number>, options: BootstrapOptions = {}): Estimate {
  const known = Array.from(values).filter(Number.isFinite);
  if (known.length < minimumSample.sessions) return refuseSmall(known.length, minimumSample.sessions, "sessions");
  const interval = bootstrapInterval(known, mean, options);
  return estimateWith(mean(known), known.length, interval, "bootstrap by session");
}
