import type {Download} from "../../services/domain/clock-report.js";
import type {Catalog, Dataset} from "../../services/domain/dataset.js";
import type {Formats} from "../format/create-formats.js";
import {dataTable} from "../parts/data-table.js";
import {html} from "../parts/html.js";

/** Where the files lie, and how their sizes are written. */
export interface DownloadTableOptions {
  readonly format: Formats;
  /** Where the site's own files lie, as `siteFiles` tells; `undefined` in a page that stands alone. */
  readonly base: string | undefined;
}

/**
 * Where a site hands out its files under their own names, from the address of one of them as Framework gives it: a
 * preview serves them below `_file`, a built site beside its pages.
 *
 * @returns `undefined` where the page holds its data itself, as an exported one does
 */
export function siteFiles(address: string, page: string): string | undefined {
  const [root = "", rest] = new URL(address, page).href.split("_file/loaders/");
  if (rest === undefined) return undefined;
  return rest.includes("?sha=") ? `${root}_file/loaders/` : `${root}loaders/`;
}

/** Every file to take away, with its size and the hash that tells whether it came whole. */
export function downloadTable(
  {datasets}: Catalog,
  downloads: readonly Download[],
  {format, base}: DownloadTableOptions
) {
  const rows = downloads.flatMap(({dataset: id, path}) => {
    const dataset = datasets.find((each) => each.id === id);
    return dataset === undefined ? [] : [{path, dataset}];
  });
  type Row = {readonly path: string; readonly dataset: Dataset};
  return dataTable<Row>(
    rows,
    [
      {
        label: "File",
        value: ({dataset}) => `${dataset.id}.parquet`,
        node: ({path, dataset}) =>
          base === undefined
            ? null
            : html`<a href=${base + path} download=${`${dataset.id.replaceAll("/", "-")}.parquet`}>${dataset.id}.parquet</a>`
      },
      {
        label: "Bytes",
        kind: "number",
        value: ({dataset}) => dataset.bytes,
        text: ({dataset}) => format.count(dataset.bytes)
      },
      {
        label: "Rows",
        kind: "number",
        value: ({dataset}) => dataset.rows,
        text: ({dataset}) => format.count(dataset.rows)
      },
      {
        label: "SHA-256",
        value: ({dataset}) => dataset.sha256,
        node: ({dataset}) => html`<code>${dataset.sha256}</code>`
      }
    ],
    {caption: "Files", emptyStep: "This site hands out none of its data sets whole."}
  );
}
