import type {GapGroup} from "../../services/analytics/sessions/session-gaps.js";
import type {Estimate} from "../../services/domain/estimate.js";
import type {Formats} from "../format/create-formats.js";
import {dataTable} from "../parts/data-table.js";

/** Gaps by thirds of their size: how many were filled, and what came between open and close, each with its interval. */
export function gapGroupTable(groups: readonly GapGroup[], format: Formats): HTMLElement {
  const size = (value: number) => format.fraction(value, {decimals: 2});
  const columns = (name: string, of: (group: GapGroup) => Estimate, text: (value: number) => string) =>
    (["value", "low", "high"] as const).map((side) => ({
      label: side === "value" ? name : side === "low" ? "95 % from" : "to",
      kind: "number" as const,
      value: (group: GapGroup) => of(group)[side],
      text: (group: GapGroup) => {
        const value = of(group)[side];
        return value === undefined ? "–" : text(value);
      }
    }));
  return dataTable(
    groups.filter(({filled}) => filled.n > 0),
    [
      {label: "Gaps", value: ({label}) => label},
      {label: "Sizes", value: ({from, to}) => `${size(from)} to ${size(to)}`},
      {label: "n", kind: "number", value: ({filled}) => filled.n, text: ({filled}) => format.count(filled.n)},
      ...columns(
        "Filled",
        ({filled}) => filled,
        (value) => format.fraction(value, {decimals: 0})
      ),
      ...columns(
        "Open to close, with the gap",
        ({after}) => after,
        (value) => format.fraction(value, {decimals: 2, signed: true})
      )
    ],
    {caption: "Gaps by size", emptyStep: "Every session opened at the close before it."}
  );
}
