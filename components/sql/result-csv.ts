import {html} from "../parts/html.js";
import type {SqlResult} from "./sql-result.js";
import type {SqlValue} from "./sql-value.js";

const rowsAtOnce = 20_000;

/**
 * A whole result as CSV (RFC 4180), a piece at a time: the names, then every row. Numbers in full, times as ISO 8601 in
 * UTC, NULL as nothing and empty text as `""`. Text that a spreadsheet would run as a formula gets an apostrophe first.
 */
export function* csvPieces({columns, rowCount}: SqlResult): Generator<string> {
  yield `${columns.map(({name}) => cellText(name)).join(",")}\r\n`;
  for (let start = 0; start < rowCount; start += rowsAtOnce) {
    const lines: string[] = [];
    for (let row = start; row < Math.min(rowCount, start + rowsAtOnce); ++row)
      lines.push(columns.map((column) => cellText(column.value(row))).join(","));
    yield `${lines.join("\r\n")}\r\n`;
  }
}

function cellText(value: SqlValue): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "string") return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return value === "" || /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A button that saves a whole result as a CSV file; the page stays alive while a large one is written. */
export function csvButton(result: SqlResult, name: string): HTMLElement {
  const label = "Download CSV";
  const button = html`<button class="button button-quiet" type="button">${label}</button>`;
  button.addEventListener("click", async () => {
    button.setAttribute("disabled", "");
    const pieces: string[] = [];
    for (const piece of csvPieces(result)) {
      pieces.push(piece);
      button.textContent = `Writing CSV, ${Math.floor((100 * (pieces.length - 1) * rowsAtOnce) / Math.max(1, result.rowCount))} %`;
      if (pieces.length % 5 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    save(new Blob(pieces, {type: "text/csv"}), `${name}.csv`);
    button.textContent = label;
    button.removeAttribute("disabled");
  });
  return button;
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  html`<a href=${url} download=${name}></a>`.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // a large file is still being taken when click returns
}
