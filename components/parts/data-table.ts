import {counted} from "../format/counted.js";
import {addressQuery} from "../inputs/address-query.js";
import {linkFaults} from "../inputs/link-faults.js";
import {downloadButton} from "./download-button.js";
import {html} from "./html.js";
import {attachChoice, type RowChoice} from "./row-choice.js";
import {emptyState} from "./states.js";
import {bodyCell, headCell, rowOf, sortButton} from "./table-cells.js";
import type {Column} from "./table-column.js";
import {readOrder, sortRows, type TableOrder, type TableSort, writeOrder} from "./table-order.js";

export type {Column};

/** What a table is called, how much of it is shown at first, and what a reader may do with its rows. */
export interface DataTableOptions<Row = never> {
  /** What the rows are, for those who cannot see it, and the name of the CSV file. */
  readonly caption: string;
  /** Rows shown at first, and with each step more; the file holds all. */
  readonly limit?: number; // 200
  /** What would fill an empty table. */
  readonly emptyStep?: string;
  /** Where the order of rows is kept, where readers may change it. */
  readonly sort?: TableSort;
  /** How a row is chosen, where rows can be. */
  readonly choice?: RowChoice<Row>;
  /** What stands below in place of the count of rows and the file. */
  readonly foot?: Node;
}

/** Rows up to which a table is shown at its full height; a longer one scrolls below its head. */
const rowsUncut = 30;

/**
 * A table with a head that stays, figures aligned on their decimals, and all rows as a CSV file. Where it can be sorted
 * its heads are buttons and its order is in the page's query; where its rows can be chosen, so is the chosen one.
 */
export function dataTable<Row>(rows: readonly Row[], all: readonly Column<Row>[], options: DataTableOptions<Row>) {
  const {caption, limit = 200, emptyStep = "Rows appear when the snapshot holds some.", foot, sort, choice} = options;
  const columns = all.filter(({isFileOnly = false}) => !isFileOnly);
  if (rows.length === 0) return emptyState(`No ${caption.toLowerCase()}.`, emptyStep);
  const asked = sort && readOrder(columns, sort);
  let [order, shown] = [asked?.order, limit];
  const body = html`<table><tbody></tbody></table>`.querySelector("tbody")!;
  const count = html`<span></span>`;
  const more = html`<button class="button button-quiet" type="button"></button>`;
  const choosing = choice && attachChoice(body, choice);
  const scroll = html`<div class="table-scroll" tabindex="0" role="region" aria-label=${caption}></div>`;
  const head = html`<table><thead></thead></table>`.querySelector("thead")!;
  const ordered = () => sortRows(rows, columns, order);
  const draw = () => {
    const drawn = ordered().slice(0, shown);
    body.replaceChildren(...drawn.map((row) => rowOf(columns.map((column, i) => bodyCell(row, column, i, choice)))));
    count.textContent =
      drawn.length < rows.length ? `First ${drawn.length} of ${rows.length} rows` : counted(rows.length, "row");
    more.hidden = drawn.length >= rows.length;
    more.textContent = more.hidden ? "" : `Show ${Math.min(limit, rows.length - drawn.length)} more`;
    scroll.classList.toggle("is-long", drawn.length > rowsUncut);
    head.replaceChildren(
      rowOf(columns.map((column, i) => headCell(column, sort && sortButton(column, i, order, sortBy))))
    );
    choosing?.mark();
  };
  const sortBy = (next: TableOrder) => {
    order = next;
    writeOrder(next, columns, sort!);
    draw();
    head.querySelectorAll<HTMLElement>("button")[next.column]?.focus();
  };
  more.addEventListener("click", () => {
    shown += limit;
    draw();
  });
  if (sort)
    (sort.query ?? addressQuery).listen?.(() => {
      if (!scroll.isConnected) return;
      order = readOrder(columns, sort).order;
      draw();
    }, scroll);
  draw();
  scroll.append(html`<table class="data-table">${head}${body}</table>`);
  return html`<div class="table-frame">
    ${linkFaults(asked?.fault === undefined ? [] : [asked.fault])}
    ${scroll}
    ${foot ?? html`<p class="table-foot"><span>${count} ${more}</span> ${downloadButton(ordered, all, caption)}</p>`}
  </div>`;
}
