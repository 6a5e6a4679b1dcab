import {html} from "../parts/html.js";
import type {QueryFault} from "./query-fault.js";

/** A failed query, explained in place: DuckDB's words, the line with a caret under the fault, and a way to it. */
export function faultView({message, place}: QueryFault, goTo: (offset: number) => void): HTMLElement {
  const [lead, ...more] = message.split("\n");
  const view = html`<div class="state state-error query-fault" role="alert">
    <p class="cause">✕ ${lead}</p>
    ${more.length === 0 ? null : html`<p>${more.join("\n")}</p>`}
    ${place === undefined ? null : html`<pre class="fault-place" aria-hidden="true">${excerpt(place.text, place.column)}</pre>`}
    <p class="step">${place === undefined ? "" : `Line ${place.line}, column ${place.column}. `}${stepAfter(message)}</p>
  </div>`;
  if (place !== undefined) {
    const button = html`<button class="button" type="button">Go to line ${place.line}, column ${place.column}</button>`;
    button.addEventListener("click", () => goTo(place.offset));
    view.append(button);
  }
  return view;
}

function stepAfter(message: string): string {
  return /malloc of size|out of memory/i.test(message)
    ? "It needs more memory than a page may have: add a LIMIT or a WHERE, choose fewer columns, or let DuckDB count (GROUP BY). DuckDB is opened afresh; tables that you made with CREATE are gone."
    : "Mend the query and run it again; tables and columns are listed beside it.";
}

const around = 60; // characters on either side of the fault

function excerpt(line: string, column: number): string {
  const start = Math.max(0, column - 1 - around);
  const lead = start > 0 ? "…" : "";
  const tail = column - 1 + around < line.length ? "…" : "";
  return `${lead}${line.slice(start, column - 1 + around)}${tail}\n${" ".repeat(column - 1 - start + lead.length)}▲`;
}
