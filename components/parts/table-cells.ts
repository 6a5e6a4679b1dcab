import {html} from "./html.js";
import {choiceLink, type RowChoice} from "./row-choice.js";
import type {Column} from "./table-column.js";
import type {TableOrder} from "./table-order.js";

/** A row of cells. */
export function rowOf(cells: readonly HTMLElement[]): HTMLElement {
  const row = document.createElement("tr");
  row.append(...cells);
  return row;
}

/** A head that sorts by its column when it is pressed, and the direction for `aria-sort`. */
export function sortButton<Row>(
  {label, kind}: Column<Row>,
  column: number,
  order: TableOrder | undefined,
  sortBy: (order: TableOrder) => void
) {
  const isOwn = order?.column === column;
  const mark = isOwn ? (order?.isDescending ? "\u2009▾" : "\u2009▴") : "";
  const button = html`<button class="sort" type="button" title=${`Sort by ${label.toLowerCase()}`}>${label}<span aria-hidden="true">${mark}</span></button>`;
  button.addEventListener("click", () =>
    sortBy({column, isDescending: isOwn ? !order?.isDescending : kind === "number"})
  );
  return {button, direction: isOwn ? (order?.isDescending ? "descending" : "ascending") : "none"};
}

/** Letters beyond which a column's label may run over two lines. */
const longLabel = 16;

/** The head of a column with its unit below. */
export function headCell<Row>(
  {label, unit, kind = "text"}: Column<Row>,
  sort?: {readonly button: HTMLElement; readonly direction: string}
): HTMLElement {
  const name = label === "" ? "" : (sort?.button ?? label);
  const named = unit === undefined ? name : html`<span>${name}<br /><span class="unit">${unit}</span></span>`;
  const length = label.length > longLabel ? " long" : "";
  return html`<th scope="col" class=${kind + length} aria-sort=${label === "" ? undefined : sort?.direction}>${named}</th>`;
}

/** A cell: the first of a row is its head, and the link that chooses it where rows can be chosen. */
export function bodyCell<Row>(row: Row, column: Column<Row>, i: number, choice?: RowChoice<Row>): HTMLElement {
  const {kind = "text", value, text, node, isSigned = false} = column;
  const raw = value(row);
  const content = node?.(row) ?? text?.(row) ?? String(raw ?? "–");
  const tone = isSigned && typeof raw === "number" && raw !== 0 ? (raw > 0 ? "gain" : "loss") : "";
  const cell = document.createElement(i === 0 ? "th" : "td"); // no template: a table has thousands of them
  if (i === 0) cell.setAttribute("scope", "row");
  cell.className = i === 0 ? kind : `${kind} ${tone}`;
  cell.append(i === 0 && choice ? choiceLink(row, content, choice) : content);
  return cell;
}
