import type {Estimate} from "../../domain/estimate.js";
import {type BootstrapOptions, createResampling, type Interval} from "../statistics/bootstrap.js";
import {estimateWith, refuseSmall} from "../statistics/estimates.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import {type SessionSums, totalSums} from "./session-sums.js";

/** Sessions of round trips, added up, and the bootstrap over them that all statistics share. */
export interface SessionEstimates {
  readonly total: SessionSums;
  readonly sessions: number;
  readonly intervalOf: (statistic: (sums: SessionSums) => number) => Interval | undefined;
}

/** What estimates of these sessions are made from; nothing is drawn before the first interval. */
export function createSessionEstimates(sums: readonly SessionSums[], bootstrap: BootstrapOptions): SessionEstimates {
  const intervalOf = createResampling(sums, (sample) => totalSums(sample), bootstrap);
  return {total: totalSums(sums), sessions: sums.length, intervalOf};
}

/**
 * A statistic of all round trips, with its interval by a bootstrap over sessions.
 *
 * @param count what the statistic counts in the sums, and what n says: refused below *minimum*
 * @param unit what that is called, as many: `losses`
 * @returns without an interval, and saying so, where the sessions are too few
 */
export function estimateBySession(
  {total, sessions, intervalOf}: SessionEstimates,
  count: (sums: SessionSums) => number,
  minimum: number,
  statistic: (sums: SessionSums) => number,
  unit = "round trips"
): Estimate {
  const n = count(total);
  if (n < minimum) return refuseSmall(n, minimum, unit);
  if (sessions < minimumSample.sessions) {
    const reason = `${refuseSmall(sessions, minimumSample.sessions, "sessions").reason} for an interval`;
    return {...estimateWith(statistic(total), n, undefined, ""), reason};
  }
  return estimateWith(statistic(total), n, intervalOf(statistic), "bootstrap by session");
}
