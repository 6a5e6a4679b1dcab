import type {Catalog, Dataset} from "../../services/domain/dataset.js";
import type {Formats} from "../format/create-formats.js";
import {restatedRows} from "../panels/catalog-tiles.js";
import type {CoverageDay} from "../panels/coverage-days.js";
import {latestSessions} from "../panels/latest-sessions.js";
import {numberColumn, textColumn} from "./columns.js";
import {sumOf, valuesOf} from "./recompute.js";
import {spanOf, type Why, type WhyRow} from "./why.js";

/** The catalogue as the Data page shows it. */
export interface CatalogContext {
  readonly catalog: Catalog;
  readonly format: Formats;
}

/** A year of one data set as a calendar shows it. */
export interface CoverageContext {
  readonly dataset: Dataset;
  readonly days: readonly CoverageDay[];
  readonly year: number;
  readonly format: Formats;
}

interface CatalogFigure extends Pick<Why, "name" | "formula" | "definition"> {
  /** The column that is added up. */
  readonly column: string;
  /** What that sum is divided by, where the figure is a share. */
  readonly over?: string;
}

const figures: Readonly<Record<string, CatalogFigure>> = {
  rows: {
    name: "Rows",
    column: "Rows",
    formula: "Σ rows",
    definition: "Bars, ticks, deals and positions of all snapshots together."
  },
  bytes: {
    name: "Bytes",
    column: "Bytes",
    formula: "Σ size of the files",
    definition: "What the snapshots take on disk, compressed as they are."
  },
  covered: {
    name: "Bars there of those expected",
    column: "Found",
    over: "Expected",
    formula: "Σ bars found in sessions / Σ bars expected",
    definition:
      "Bars shorter than a day, and five minutes with a tick, that lie within the sessions of the venue's calendar, of those that its open time would hold."
  },
  gaps: {
    name: "Gaps",
    column: "Gaps",
    formula: "Σ gaps",
    definition: "Holes: time that the calendar says was open and no row covers. Nothing is filled in."
  },
  restated: {
    name: "Rows restated",
    column: "Rows restated",
    formula: "Σ rows whose source later said something else",
    definition:
      "Rows of which the source changed a field after they were taken; the snapshot keeps what was first shown."
  },
  duplicates: {
    name: "Duplicates dropped",
    column: "Duplicates dropped",
    formula: "Σ rows that a source gave twice",
    definition: "Rows that had the time of one taken before, or of one in the same reply, and said the same."
  }
};

/** What one figure of the catalogue stands on. @throws {RangeError} for an unknown figure */
export function catalogWhy(name: string, {catalog: {datasets}, format}: CatalogContext): Why {
  if (name === "short-sessions") return shortSessionsWhy(datasets, format);
  if (!Object.hasOwn(figures, name)) throw new RangeError(`unknown figure: ${name}`);
  const {column, over, ...rest} = figures[name]!;
  const rows = datasets.map(rowOf);
  const of = (all: readonly WhyRow[]) => {
    const sum = sumOf(valuesOf(all, column));
    if (over === undefined) return sum;
    const expected = sumOf(valuesOf(all, over));
    return expected === 0 ? undefined : sum / expected;
  };
  const counts = ["Rows", "Bytes", "Found", "Expected", "Gaps", "Rows restated", "Duplicates dropped"];
  return {
    ...rest,
    value: of(rows),
    reason: "no intraday bars are kept",
    show: over === undefined ? format.count : (value) => format.fraction(value, {decimals: 3}),
    inputs: [["Data sets", format.count(datasets.length)]],
    rows: {
      caption: "Data sets behind it",
      columns: [textColumn("Data set"), ...counts.map((count) => numberColumn(count, format.count))],
      rows
    },
    recompute: {words: over === undefined ? `Sum of ${column}` : `Sum of ${column} over sum of ${over}`, of},
    datasets,
    knownAt: askedLast(datasets, format)
  };
}

/** How many sessions of a year are incomplete in one data set. @throws {RangeError} for another figure */
export function coverageWhy(name: string, {dataset, days, year, format}: CoverageContext): Why {
  if (name !== "incomplete-sessions") throw new RangeError(`unknown figure: ${name}`);
  const held = days.filter(({state}) => state === "full" || state === "partial" || state === "missing");
  return {
    ...incomplete(
      held.map(({date, state, found, expected}) => ({
        Session: date,
        State: state === "full" ? "whole" : state === "partial" ? "part of it missing" : "all of it missing",
        Found: found,
        Expected: expected
      })),
      format
    ),
    name: `Incomplete sessions in ${year}`,
    definition:
      "Sessions of the venue's calendar, from the first row kept to the last, in which a row that their open time would hold is missing; of daily bars, those that a gap holds.",
    inputs: [["Year", String(year)]],
    datasets: [dataset],
    span: spanOf(dataset),
    knownAt: `${format.zoned(dataset.takenTime)}, when the content was last taken`
  };
}

function shortSessionsWhy(datasets: readonly Dataset[], format: Formats): Why {
  const rows = latestSessions(datasets).map(({id, date, found, expected}) => ({
    "Data set": id,
    Session: date,
    State: found < expected ? "incomplete" : "whole",
    Found: found,
    Expected: expected
  }));
  const used = datasets.filter(({coverage}) => coverage.length > 0);
  return {
    ...incomplete(rows, format),
    name: "Incomplete sessions of the latest",
    definition:
      "Of the latest sessions of each data set, those in which a bar that their open time would hold is missing.",
    inputs: [["Data sets", format.count(used.length)]],
    datasets: used,
    knownAt: askedLast(used, format)
  };
}

function incomplete(rows: readonly WhyRow[], format: Formats) {
  const of = (all: readonly WhyRow[]) => all.filter((row) => row["State"] !== "whole").length;
  const hasSets = rows.some((row) => row["Data set"] !== undefined);
  return {
    value: of(rows),
    show: format.count,
    formula: "number of sessions that are not whole",
    rows: {
      caption: "Sessions behind it",
      columns: [
        ...(hasSets ? [textColumn("Data set")] : []),
        textColumn("Session"),
        textColumn("State"),
        numberColumn("Found", format.count),
        numberColumn("Expected", format.count)
      ],
      rows
    },
    recompute: {words: "Number of rows whose State is not whole", of}
  };
}

function rowOf(dataset: Dataset): WhyRow {
  const {id, rows, bytes, coverage, gaps, duplicatesDropped} = dataset;
  const isCounted = coverage.length > 0;
  return {
    "Data set": id,
    Rows: rows,
    Bytes: bytes,
    Found: isCounted ? sumOf(coverage.map(({found}) => found)) : undefined,
    Expected: isCounted ? sumOf(coverage.map(({expected}) => expected)) : undefined,
    Gaps: gaps.length,
    "Rows restated": restatedRows(dataset),
    "Duplicates dropped": duplicatesDropped
  };
}

function askedLast(datasets: readonly Dataset[], format: Formats): string {
  if (datasets.length === 0) return "not yet";
  return `${format.zoned(Math.max(...datasets.map(({checkedTime}) => checkedTime)))}, when a source was last asked`;
}
