import type {OpeningRange, OpeningRangeSummary} from "../../services/analytics/sessions/opening-range.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {Estimate} from "../../services/domain/estimate.js";
import type {Formats} from "../format/create-formats.js";
import {numberColumn, textColumn} from "./columns.js";
import {meanOf, valuesOf} from "./recompute.js";
import type {Why, WhyRow} from "./why.js";

/** What the session study's figures of opening ranges are of. */
export interface OpeningContext {
  readonly opening: readonly OpeningRange[];
  readonly summary: OpeningRangeSummary;
  readonly minutes: number; // from a session's open
  /** The venue's, whose sessions they are. */
  readonly zone: string;
  readonly datasets: readonly Dataset[];
  readonly format: Formats;
}

interface OpeningFigure extends Pick<Why, "name" | "formula" | "definition"> {
  readonly estimate: (summary: OpeningRangeSummary) => Estimate;
  readonly words: string;
  readonly of: (rows: readonly WhyRow[]) => number | undefined;
  readonly isShare: boolean;
}

const share = (rows: readonly WhyRow[], test: (row: WhyRow) => boolean): number | undefined =>
  rows.length === 0 ? undefined : rows.filter(test).length / rows.length;
const isLeft = (row: WhyRow) => row["Left first"] !== "none";
const hasMove = (row: WhyRow) => typeof row["To the close"] === "number";

const openingFigures: Readonly<Record<string, OpeningFigure>> = {
  "range-kept": {
    name: "Range never left",
    formula: "sessions that stayed within / sessions",
    definition: "Sessions that traded beyond neither side of their opening range.",
    estimate: ({unbroken}) => unbroken,
    words: "Share of the rows whose Left first is none",
    of: (rows) => share(rows, (row) => !isLeft(row)),
    isShare: true
  },
  "both-sides": {
    name: "Both sides left, of those left",
    formula: "sessions beyond both sides / sessions beyond one",
    definition: "Of sessions that left their opening range, those that traded beyond the other side as well.",
    estimate: ({bothSides}) => bothSides,
    words: "Of the rows whose Left first is not none, the share whose Other side too is yes",
    of: (rows) => share(rows.filter(isLeft), (row) => row["Other side too"] === "yes"),
    isShare: true
  },
  "closed-beyond": {
    name: "Closed beyond the side left first",
    formula: "closes beyond the level / breaks with a first side",
    definition: "Breaks after which the session closed on the far side of the level that was passed first.",
    estimate: ({followed}) => followed,
    words: "Of the rows that have To the close, the share above 0",
    of: (rows) => share(rows.filter(hasMove), (row) => Number(row["To the close"]) > 0),
    isShare: true
  },
  "break-move": {
    name: "From that side to the close",
    formula: "mean of (close / level − 1), in the direction of the break",
    definition: "How far the session closed from the level passed first, costs not taken off.",
    estimate: ({move}) => move,
    words: "Mean of To the close, over the rows that have it",
    of: (rows) => meanOf(valuesOf(rows.filter(hasMove), "To the close")),
    isShare: false
  }
};

/** What one figure of opening ranges stands on: every session's range. @throws {RangeError} for an unknown figure */
export function openingWhy(name: string, {opening, summary, minutes, zone, datasets, format}: OpeningContext): Why {
  const figure = openingFigures[name];
  if (figure === undefined) throw new RangeError(`unknown figure: ${name}`);
  const {estimate: of, words, of: recompute, isShare, ...rest} = figure;
  const estimate = of(summary);
  const percent = (value: number) => format.fraction(value, {decimals: 3, signed: true});
  return {
    ...rest,
    value: estimate.value,
    reason: estimate.reason,
    estimate,
    show: (value) => format.fraction(value, isShare ? {decimals: 0} : {decimals: 2, signed: true}),
    inputs: [["Opening range", `high and low of the first ${minutes} minutes of the session, ${zone}`]],
    rows: {
      caption: "Opening ranges of the sessions",
      columns: [
        textColumn("Session"),
        textColumn("Left first"),
        textColumn("Other side too"),
        numberColumn("To the close", percent, {isSigned: true})
      ],
      rows: opening.map(
        ({date, first, isBothSides, move}): WhyRow => ({
          Session: date,
          "Left first": first,
          "Other side too": isBothSides ? "yes" : "no",
          "To the close": move
        })
      )
    },
    recompute: {words, of: recompute},
    datasets,
    knownAt: `at the close of the session of ${opening.at(-1)?.date ?? "–"}`
  };
}
