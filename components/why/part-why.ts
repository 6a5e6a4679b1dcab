import type {Dataset} from "../../services/domain/dataset.js";
import type {Fact} from "../parts/evidence.js";
import type {PartRow} from "../work/study-tasks.js";
import {numberColumn, textColumn} from "./columns.js";
import {meansBy} from "./grouped.js";
import type {Why, WhyRow} from "./why.js";

/** What a mean by part of the day is of. */
export interface PartFigure extends Pick<Why, "formula" | "definition" | "show"> {
  /** As `Volume`, before the name of the part. */
  readonly subject: string;
  /** The column of each session's value. */
  readonly measure: string;
  readonly inputs: readonly Fact[];
  readonly datasets: readonly Dataset[];
}

/**
 * The mean of one part of the day, with the rows of all parts: what each session gave to each.
 *
 * @param lead the part that a finding speaks of first; its rows come first
 */
export function partWhy(lead: PartRow | undefined, parts: readonly PartRow[], figure: PartFigure): Why {
  const {subject, measure, ...rest} = figure;
  const estimate = lead?.estimate ?? parts[0]?.estimate ?? {value: undefined, n: 0, reason: "no whole session"};
  const ordered = lead === undefined ? parts : [lead, ...parts.filter((part) => part !== lead)];
  return {
    ...rest,
    name: lead === undefined ? subject : `${subject}, ${lead.label}`,
    value: estimate.value,
    reason: estimate.reason,
    estimate,
    rows: {
      caption: `${subject} by part of the day`,
      columns: [textColumn("Session"), textColumn("Part of the day"), numberColumn(measure, figure.show)],
      rows: ordered.flatMap(rowsOf(measure))
    },
    recompute: {
      words: `By Part of the day the mean of ${measure}, of which ${lead?.label ?? "none"} is this one`,
      of: (rows) => meansBy(rows, "Part of the day", measure).find(({group}) => group === lead?.label)?.mean
    },
    knownAt: "after the last session in it had closed"
  };
}

function rowsOf(measure: string): (part: PartRow) => WhyRow[] {
  return ({label, dates, values}) =>
    dates.map((date, i) => ({
      Session: date,
      "Part of the day": label,
      [measure]: Number.isFinite(values[i]) ? values[i] : undefined
    }));
}
