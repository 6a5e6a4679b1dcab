import type {Catalog, Dataset} from "../../services/domain/dataset.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {statTile, tileRow} from "../parts/stat-tile.js";
import {coverageOf} from "./catalog-table.js";

/** The catalogue in figures: how much there is, how whole it is, how often it was put right. */
export function catalogTiles({datasets}: Catalog, format: Formats): HTMLElement {
  const sum = (of: (dataset: Dataset) => number) => datasets.reduce((total, dataset) => total + of(dataset), 0);
  const covered = datasets.map(coverageOf).filter((coverage) => coverage !== undefined);
  const found = covered.reduce((total, coverage) => total + coverage.found, 0);
  const expected = covered.reduce((total, coverage) => total + coverage.expected, 0);
  const inSets = (n: number) => `in ${counted(n, "data set", format)}`;
  const tile = (figure: string, label: string, value: number, options: {text?: string; basis?: string} = {}) =>
    statTile({figure, label, value, text: format.count(value), basis: inSets(datasets.length), ...options});
  const bytes = sum((dataset) => dataset.bytes);
  const missing = sum(({gaps}) => gaps.reduce((total, gap) => total + gap.missing, 0));
  const rows = sum((dataset) => dataset.rows);
  const gaps = sum((dataset) => dataset.gaps.length);
  const duplicates = sum(({duplicatesDropped}) => duplicatesDropped);
  return tileRow([
    tile("rows", "Rows", rows),
    tile("bytes", "Bytes", bytes, {text: format.short(bytes)}),
    statTile({
      figure: "covered",
      label: "Bars there of those expected",
      value: expected === 0 ? undefined : found / expected,
      text: format.fraction(expected === 0 ? undefined : found / expected, {decimals: 3}),
      basis: `n\u202f=\u202f${counted(expected, "bar", format)} ${inSets(covered.length)}`,
      reason: "no intraday bars are kept"
    }),
    tile("gaps", "Gaps", gaps, {basis: `${counted(missing, "bar", format)} missing`}),
    tile("restated", "Rows restated", sum(restatedRows)),
    tile("duplicates", "Duplicates dropped", duplicates)
  ]);
}

/** Rows of which a source later said something else, each once however many of its fields changed. */
export function restatedRows({restatements}: Pick<Dataset, "restatements">): number {
  return new Set(restatements.map(({time}) => time)).size;
}
