import type {SessionGap} from "../../services/analytics/sessions/session-gaps.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {Estimate} from "../../services/domain/estimate.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import type {Why} from "./why.js";

/** The gaps of an instrument's sessions, and the share of them that was filled. */
export interface GapContext {
  readonly gaps: readonly SessionGap[];
  readonly filled: Estimate;
  readonly datasets: readonly Dataset[];
  readonly format: Formats;
}

/** The share of gaps that were filled within their session. */
export function gapWhy({gaps, filled, datasets, format}: GapContext): Why {
  const percent = (value: number) => format.fraction(value, {decimals: 3, signed: true});
  const [first, last] = [gaps[0], gaps.at(-1)];
  return {
    name: "Gaps filled within their session",
    value: filled.value,
    reason: filled.reason,
    estimate: filled,
    show: (value) => format.fraction(value, {decimals: 0}),
    formula: "gaps filled / gaps",
    definition:
      "A gap is an open that is not the close before it; it is filled where the session traded back to that close.",
    reference: "interval: Wilson (1927)",
    inputs: [["Gaps", "every session that did not open at the close before it, a weekend's too"]],
    rows: {
      caption: "Gaps of the sessions",
      columns: [
        timeColumn("Session opened", format),
        numberColumn("Gap", percent, {isSigned: true}),
        textColumn("Filled"),
        numberColumn("Open to close, with the gap", percent, {isSigned: true})
      ],
      rows: gaps.map(({time, gap, isFilled, after}) => ({
        "Session opened": formatIso(time),
        Gap: gap,
        Filled: isFilled ? "yes" : "no",
        "Open to close, with the gap": after
      }))
    },
    recompute: {
      words: "Share of the rows whose Filled is yes",
      of: (rows) => (rows.length === 0 ? undefined : rows.filter((row) => row["Filled"] === "yes").length / rows.length)
    },
    datasets,
    span: first && last && {start: first.time, end: last.time},
    knownAt: "each at the close of its session"
  };
}
