import type {LimitUse, PolicyUse} from "../../services/analytics/risk/policy-use.js";
import type {Dataset} from "../../services/domain/dataset.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {allowedText, limitNames} from "../panels/policy-words.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import {spanOf, type Why, type WhyRow} from "./why.js";

/** What a figure of an account's policy is worked out from. */
export interface PolicyContext {
  readonly use: PolicyUse;
  readonly currency: string;
  readonly zone: string;
  readonly deals: Dataset;
  readonly format: Formats;
}

/** How often the limits were passed, and every day and opening that was held against them. */
export function policyWhy({use, currency, zone, deals, format}: PolicyContext): Why {
  const observed = use.limits.flatMap(({observed}) => observed);
  const exact = (value: number) => format.number(value, {decimals: 4});
  const amount = (value: number) => format.amount(value, currency);
  return {
    name: "Times a limit was passed",
    value: observed.length === 0 ? undefined : use.limits.reduce((sum, {violations}) => sum + violations.length, 0),
    reason: "no day and no opening to hold against the policy",
    show: (value) => format.count(value),
    formula: "Σ over limits of the days or openings beyond it",
    definition:
      "Daily loss: the deepest that the day's closes, added up in order, stood below nothing, over the balance before the first of them. Trades per day: opening deals. Risk per trade: the way from entry to first stop, over the balance before. Cooling off: minutes from the last close that lost to an opening. By more than the limit, not by as much.",
    inputs: [
      ...use.limits.map((limit) => [limitNames[limit.limit], allowedText(limit, format)] as const),
      ["Account day", `ends in ${zone}`]
    ],
    rows: {
      caption: "Days and openings held against the policy",
      columns: [
        textColumn("Limit"),
        textColumn("Day or opening"),
        timeColumn("Time", format),
        numberColumn("Lost or at risk", amount, {unit: currency}),
        numberColumn("Balance before", amount, {unit: currency}),
        numberColumn("Found", exact),
        numberColumn("Allowed", exact)
      ],
      rows: use.limits.flatMap(rowsOf)
    },
    recompute: {
      words:
        "Rows whose Found (Lost or at risk over Balance before, where there is one) is more than Allowed by over a billionth part of it; for cooling off, less",
      of: (rows) => rows.filter(isPassed).length
    },
    datasets: [deals],
    span: spanOf(deals),
    knownAt: `${format.zoned(deals.lastTime)}, the last deal; each violation at its own moment in the panel's table`
  };
}

function rowsOf({limit, allowed, observed}: LimitUse): WhyRow[] {
  return observed.map(({name, time, found, part, whole}) => ({
    Limit: limitNames[limit],
    "Day or opening": name,
    Time: formatIso(time),
    "Lost or at risk": part,
    "Balance before": whole,
    Found: found,
    Allowed: allowed
  }));
}

function isPassed(row: WhyRow): boolean {
  const [part, whole, allowed] = [row["Lost or at risk"], row["Balance before"], Number(row["Allowed"])];
  if (row["Limit"] === limitNames["cooling-off"]) return Number(row["Found"]) < allowed;
  const found = typeof part === "number" && typeof whole === "number" ? part / whole : Number(row["Found"]);
  return found > allowed * (1 + 1e-9);
}
