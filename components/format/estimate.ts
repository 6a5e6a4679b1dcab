import type {Estimate} from "../../services/domain/estimate.js";
import {ABSENT, formatNumber} from "./number.js";

/** An estimate in words; parts that the estimate does not have are `undefined`. */
export interface EstimateText {
  readonly figure: string;
  /** As `95 %: 6 to 17`. */
  readonly interval: string | undefined;
  /** As `n = 214`. */
  readonly n: string;
  /** Why there is no figure. */
  readonly reason: string | undefined;
}

/**
 * A number with its evidence, as text: figure, interval and n, all by one formatter.
 *
 * `formatEstimate({value: 11, n: 214, low: 6, high: 17, level: 0.95}, String)` is
 * `{figure: "11", interval: "95 %: 6 to 17", n: "n = 214", reason: undefined}`. An absent value gives `–` and its reason.
 */
export function formatEstimate(estimate: Estimate, format: (value: number) => string, locale?: string): EstimateText {
  const {value, n, low, high, level = 0.95} = estimate;
  const isBounded = value !== undefined && low !== undefined && high !== undefined;
  return {
    figure: value === undefined ? ABSENT : format(value),
    interval: isBounded ? `${formatLevel(level)}: ${format(low)} to ${format(high)}` : undefined,
    n: `n\u202f=\u202f${formatNumber(n, locale === undefined ? {} : {locale})}`,
    reason: value === undefined ? (estimate.reason ?? "not available") : undefined
  };
}

function formatLevel(level: number): string {
  return `${formatNumber(level * 100)}\u202f%`;
}
