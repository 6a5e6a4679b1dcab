import type {Deal} from "../../domain/deal.js";
import type {Policy} from "../../domain/settings.js";
import type {SessionDate} from "../../domain/time.js";
import {dateIn} from "../../domain/zone.js";
import {closedDeals} from "../performance/closed-deals.js";
import {openingsOf} from "../performance/openings.js";
import {initialRisks} from "../performance/r-multiple.js";
import type {RoundTrips} from "../performance/round-trips.js";
import {dayLosses, dayOpenings} from "./policy-days.js";
import type {LimitObservations, PolicyObservation} from "./policy-observation.js";
import {openingRisks, openingWaits} from "./policy-openings.js";

/** The limits of a policy, in the order in which a page states them. */
const policyLimits = ["daily-loss", "trades-per-day", "risk-per-trade", "cooling-off"] as const;

/** A limit that a policy sets: on a day's loss, a day's openings, an opening's risk, or the wait after a loss. */
export type PolicyLimit = (typeof policyLimits)[number];

/** How an account stood against one limit. */
export interface LimitUse extends LimitObservations {
  readonly limit: PolicyLimit;
  readonly allowed: number;
  /** What *observed* are. */
  readonly unit: "day" | "opening";
  /** The furthest on the account's last day; `undefined` where that day has none. */
  readonly lastDay: PolicyObservation | undefined;
  /** The furthest of all, the first among equals. */
  readonly worst: PolicyObservation | undefined;
  /** Those that passed the limit, oldest first. */
  readonly violations: readonly PolicyObservation[];
}

/** An account's history held against its policy. */
export interface PolicyUse {
  /** The last account day with an opening or a close. */
  readonly lastDay: SessionDate | undefined;
  readonly limits: readonly LimitUse[];
}

/**
 * An account's use of the limits that its policy sets: on its last day, at its worst, and each time it passed one.
 *
 * Daily loss is the deepest that a day's closes stood below nothing, added up in order, over the balance before the
 * first of them; it is passed once the sum is deeper than the limit, whatever the day makes good later. Trades per day
 * are opening deals, however many closes each takes. Risk per trade is the initial risk, from the entry to the first
 * stop, over the balance of closed trades before the opening; an opening without a stop has none, is counted apart and
 * is never imputed. Cooling off is the time from the last close that lost to an opening, whatever it lost and whatever
 * was won since; less than the limit passes it. A limit is passed by more than it, never by as much.
 *
 * A violation, once it could be stated, stands in every later history; only a day's depth or count may grow.
 *
 * Where settings state no policy: a loss of 3 % a day, 5 trades a day, a risk of 2 % a trade, 15 minutes of cooling off.
 *
 * @param deals of one account, in any order
 * @param history as `roundTrips` takes them apart
 * @param zone in which the account's day is counted
 * @returns one entry for each limit, in the order of `policyLimits`
 * @throws {RangeError} if the zone is unknown; {TypeError} if currencies differ
 */
export function policyUse(
  deals: readonly Deal[],
  {trips, open}: Pick<RoundTrips, "trips" | "open">,
  {policy, zone}: {readonly policy: Policy; readonly zone: string}
): PolicyUse {
  const {steps} = closedDeals(deals);
  const openings = openingsOf(trips, open);
  const times = [...steps.filter(({isOperation}) => !isOperation), ...openings].map(({time}) => time);
  const lastDay =
    times.length === 0
      ? undefined
      : dateIn(
          zone,
          times.reduce((a, b) => Math.max(a, b))
        );
  const {dailyLossFraction, tradesPerDay, riskFractionPerTrade, coolingOffMinutes} = policy;
  const use = limitUse(lastDay, zone);
  return {
    lastDay,
    limits: [
      use("daily-loss", "day", dailyLossFraction, dayLosses(steps, zone, dailyLossFraction)),
      use("trades-per-day", "day", tradesPerDay, dayOpenings(openings, zone, tradesPerDay)),
      use(
        "risk-per-trade",
        "opening",
        riskFractionPerTrade,
        openingRisks(openings, steps, initialRisks(trips, deals), riskFractionPerTrade)
      ),
      use("cooling-off", "opening", coolingOffMinutes, openingWaits(openings, steps, coolingOffMinutes))
    ]
  };
}

function limitUse(lastDay: SessionDate | undefined, zone: string) {
  return (limit: PolicyLimit, unit: LimitUse["unit"], allowed: number, found: LimitObservations): LimitUse => {
    const sign = limit === "cooling-off" ? -1 : 1;
    const furthest = (observed: readonly PolicyObservation[]) =>
      observed.reduce<PolicyObservation | undefined>(
        (worst, each) => (worst === undefined || sign * (each.found - worst.found) > 0 ? each : worst),
        undefined
      );
    const {observed} = found;
    return {
      ...found,
      limit,
      unit,
      allowed,
      lastDay: furthest(observed.filter(({time}) => dateIn(zone, time) === lastDay)),
      worst: furthest(observed),
      violations: observed.filter(({brokenAt}) => brokenAt !== undefined)
    };
  };
}
