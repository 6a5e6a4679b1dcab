import type {Catalog} from "../../services/domain/dataset.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";

/** One session of a data set. */
export interface CoverageRow {
  readonly id: string;
  readonly date: string;
  readonly found: number;
  readonly expected: number;
  /** Sessions before the last of its data set, which is 0. */
  readonly back: number;
}

/** Sessions of each data set that coverage is shown of. */
export const mostSessions = 60;

/** The latest sessions of each data set that counts them. */
export function latestSessions(datasets: Catalog["datasets"]): CoverageRow[] {
  return datasets.flatMap(({id, coverage}) =>
    coverage.slice(-mostSessions).map((session, i, {length}) => ({id, ...session, back: length - 1 - i}))
  );
}

/** How many sessions of how many are incomplete, as a finding. */
export function incompleteWords(short: number, sessions: number, format: Formats, where = ""): string {
  if (short === 0) return `Every session${where} is whole`;
  return `${format.count(short)} of ${counted(sessions, "session", format)}${where} ${short === 1 ? "is" : "are"} incomplete`;
}
