import type {Estimate} from "../../domain/estimate.js";
import {refuseSmall} from "./estimates.js";
import {minimumSample} from "./minimum-sample.js";
import {wilsonInterval} from "./wilson.js";

/**
 * A share with Wilson's interval at 95 %.
 *
 * @param unit what is counted, for the refusal: `gaps`
 * @returns refused below 5 observations
 * @throws {RangeError} if the counts make no sense
 */
export function estimateShare(successes: number, n: number, unit: string): Estimate {
  if (n < minimumSample.share) return refuseSmall(n, minimumSample.share, unit);
  return {value: successes / n, n, ...wilsonInterval(successes, n), level: 0.95, method: "Wilson"};
}
