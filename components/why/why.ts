import type {Dataset} from "../../services/domain/dataset.js";
import type {Estimate} from "../../services/domain/estimate.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {Column} from "../parts/data-table.js";
import type {Fact} from "../parts/evidence.js";

/** One row behind a figure: raw values by the names of the columns. */
export type WhyRow = Readonly<Record<string, number | string | undefined>>;

/** The rows behind a figure, all of them, as a table. */
export interface WhyRows {
  /** What the rows are, and the name of their file. */
  readonly caption: string;
  readonly columns: readonly Column<WhyRow>[];
  readonly rows: readonly WhyRow[];
}

/** How anyone gets the figure from the rows. */
export interface Recomputation {
  /** As `Sum of Net over the rows`. */
  readonly words: string;
  readonly of: (rows: readonly WhyRow[]) => number | undefined;
}

/** All that a figure stands on. */
export interface Why {
  /** What it is called where it stands. */
  readonly name: string;
  readonly value: number | undefined;
  /** Why there is no value. */
  readonly reason?: string | undefined;
  /** A value as it is shown, unit included. */
  readonly show: (value: number) => string;
  readonly formula: string;
  readonly definition: string;
  /** Where the definition is from. */
  readonly reference?: string;
  /** What was chosen: filters, windows, thresholds. */
  readonly inputs: readonly Fact[];
  /** n and interval, of a figure that has them. */
  readonly estimate?: Estimate | undefined;
  readonly rows: WhyRows;
  readonly recompute: Recomputation;
  readonly datasets: readonly Dataset[];
  /** From the first row to the last: gaps are named that fall within. */
  readonly span?: {readonly start: EpochMs; readonly end: EpochMs} | undefined;
  /** When it could first have been known. */
  readonly knownAt: string;
}

/** What a figure of a page stands on, worked out when it is asked. @throws {RangeError} for an unknown figure */
export type AskWhy = (figure: string) => Promise<Why>;

/** From the first row of a data set to the last; none of an empty one. */
export function spanOf({firstTime, lastTime}: Pick<Dataset, "firstTime" | "lastTime">): Why["span"] {
  return firstTime === null || lastTime === null ? undefined : {start: firstTime, end: lastTime};
}
