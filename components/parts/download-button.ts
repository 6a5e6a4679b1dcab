import {formatCsv} from "./csv.js";
import {html} from "./html.js";
import type {Column} from "./table-column.js";

/**
 * A button that hands a table over as a CSV file, named for its caption.
 *
 * @param rows called when it is pressed: the file holds the rows of that moment
 */
export function downloadButton<Row>(
  rows: () => readonly Row[],
  columns: readonly Column<Row>[],
  caption: string
): HTMLElement {
  const button = html`<button class="button button-quiet" type="button">Download CSV</button>`;
  button.addEventListener("click", () => {
    const named = columns.map(({label, unit, value}) => ({
      name: unit === undefined ? label : `${label} (${unit})`,
      value
    }));
    const url = URL.createObjectURL(new Blob([formatCsv(rows(), named)], {type: "text/csv"}));
    const name = caption.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    html`<a href=${url} download=${`${name}.csv`}></a>`.click();
    URL.revokeObjectURL(url);
  });
  return button;
}
