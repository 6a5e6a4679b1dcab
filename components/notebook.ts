import {blockBootstrapInterval} from "../services/analytics/statistics/bootstrap.js";
import {estimateWith, refuseSmall} from "../services/analytics/statistics/estimates.js";
import {minimumSample} from "../services/analytics/statistics/minimum-sample.js";
import {median} from "../services/analytics/statistics/quantile.js";
import type {Catalog} from "../services/domain/dataset.js";
import type {SiteSettings} from "../services/domain/settings.js";
import {createFormats, type Formats} from "./format/create-formats.js";
import {estimateWords} from "./panels/volatility-words.js";
import {evidenceLine} from "./parts/evidence.js";
import {pageHead} from "./parts/page-head.js";
import {createSql, type Sql} from "./sql/create-sql.js";
import type {SqlFile} from "./sql/open-database.js";
import {resultChart} from "./sql/result-chart.js";
import {resultTable} from "./sql/result-table.js";
import {resultOfRows, type SqlRows} from "./sql/sql-result.js";

export {checksField} from "./inputs/checks-field.js";
export {inputBar} from "./inputs/input-bar.js";
export {rangeField} from "./inputs/range-field.js";
export {selectField} from "./inputs/select-field.js";

/** A file attached to a page, as `FileAttachment("../loaders/catalog.json")`. */
export interface PageFile {
  json<T>(): Promise<T>;
}

/** What a page of one's own is made from. */
export interface NotebookFiles {
  readonly settings: PageFile;
  readonly catalog: PageFile;
  /** Parquet files by the name that SQL cells know them by, each as `FileAttachment("…").url()`. */
  readonly tables?: Readonly<Record<string, SqlFile>>;
}

/** What stands around the rows of a panel. */
export interface NotebookPanel {
  /** The finding, in words and figures. */
  readonly title: string;
  /** The instrument or account that the rows are about, whose data sets are its source; all of them unless told. */
  readonly of?: string;
  readonly knownAt?: string;
}

/** How a figure in a sentence is written. */
export interface FigureOptions {
  readonly unit?: string;
  readonly decimals?: number; // 2
}

/** A page of one's own: what it needs beside its inputs, its queries and its words. */
export interface Notebook {
  readonly settings: SiteSettings;
  readonly catalog: Catalog;
  readonly format: Formats;
  /** What runs the page's SQL cells. */
  readonly sql: Sql;
  /** The head: what the page is, as of when, and whether its data are simulated. */
  head(title: string, deck?: string): HTMLElement;
  /** Rows of a query as a chart under its finding, the same rows as a table, and where they come from. */
  panel(rows: SqlRows, panel: NotebookPanel): HTMLElement;
  /**
   * The median of a column with its interval and n, in words: `0.52 % (95 %: 0.47 % to 0.58 %; n = 60)`. Intervals by
   * blocks, as rows in the order of time want; a column of no number, or too few rows, says so.
   */
  median(rows: SqlRows, column: string, options?: FigureOptions): string;
}

/** What an analyst's page starts from; the guide has one in ten lines. */
export async function openNotebook({settings, catalog, tables = {}}: NotebookFiles): Promise<Notebook> {
  const [site, held] = await Promise.all([settings.json<SiteSettings>(), catalog.json<Catalog>()]);
  const format = createFormats(site.display);
  const asOf = held.datasets.map(({checkedTime}) => checkedTime);
  return {
    settings: site,
    catalog: held,
    format,
    sql: createSql(tables),
    head: (title, deck = "") =>
      pageHead({title, deck, asOf: asOf.length > 0 ? Math.max(...asOf) : null, simulated: site.simulated}, format),
    panel: (rows, {title, of, knownAt = "each row at the close of the last bar or deal in it"}) => {
      const isUsed = ({instrument, account}: Catalog["datasets"][number]) =>
        of === undefined || of === instrument || of === account;
      const source = evidenceLine({datasets: held.datasets.filter(isUsed), knownAt}, format);
      return resultChart(resultOfRows(rows), format, {
        title,
        source,
        table: () => resultTable(rows, format, {caption: title})
      });
    },
    median: (rows, column, options) => medianWords(rows, column, format, options)
  };
}

function medianWords(
  rows: SqlRows,
  column: string,
  format: Formats,
  {unit = "", decimals = 2}: FigureOptions = {}
): string {
  const values = Float64Array.from(rows, (row) => Number(row[column] ?? NaN)).filter(Number.isFinite);
  const text = (value: number) => `${format.number(value, {decimals})}${unit && `\u202f${unit}`}`;
  const n = values.length;
  const estimate =
    n < minimumSample.mean
      ? refuseSmall(n, minimumSample.mean, `rows with a number in ${column}`)
      : estimateWith(median(values), n, blockBootstrapInterval(values, median), "block bootstrap");
  return estimateWords(estimate, text, format);
}
