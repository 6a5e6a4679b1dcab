import type {LimitUse, PolicyLimit, PolicyUse} from "../../services/analytics/risk/policy-use.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";

/** What the limits are called. */
export const limitNames: Readonly<Record<PolicyLimit, string>> = {
  "daily-loss": "Daily loss",
  "trades-per-day": "Trades per day",
  "risk-per-trade": "Risk per trade",
  "cooling-off": "Cooling off after a loss"
};

/** A value in the unit of its limit; a dash where there is none. */
export function limitText(limit: PolicyLimit, value: number | undefined, format: Formats): string {
  if (limit === "trades-per-day") return format.count(value);
  if (limit === "cooling-off") return minutes(value, format);
  return format.fraction(value, {decimals: 2});
}

function minutes(value: number | undefined, format: Formats): string {
  if (value === undefined) return "–";
  return `${format.number(value, {decimals: Number.isInteger(value) || value >= 60 ? 0 : 1})}\u00a0min`;
}

/** What a limit allows: `at most 3.00 %`. */
export function allowedText({limit, allowed}: Pick<LimitUse, "limit" | "allowed">, format: Formats): string {
  return `${limit === "cooling-off" ? "at least" : "at most"} ${limitText(limit, allowed, format)}`;
}

/** How an account kept to its policy, in one sentence. */
export function policySentence({lastDay, limits}: PolicyUse, format: Formats): string {
  if (lastDay === undefined) return "There is nothing yet to hold against the policy.";
  const passed = limits.filter(({violations}) => violations.length > 0);
  const total = passed.reduce((sum, {violations}) => sum + violations.length, 0);
  const held = limits.filter(({observed}) => observed.length > 0);
  if (held.length === 0) return "Nothing in this history can be held against the policy.";
  if (total === 0) return `No limit of the policy was passed: ${held.map((use) => shareOf(use, format)).join("; ")}.`;
  const times = total === 1 ? "once" : `${format.count(total)} times`;
  return `The policy's limits were passed ${times}: ${passed.map((use) => shareOf(use, format)).join("; ")}.`;
}

function shareOf({limit, unit, violations, observed}: LimitUse, format: Formats): string {
  const passed = format.count(violations.length);
  return `${limitNames[limit].toLowerCase()} on ${passed} of ${counted(observed.length, unit, format)}`;
}
