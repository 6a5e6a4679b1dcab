import type {Formats} from "../format/create-formats.js";
import {html} from "../parts/html.js";
import type {QueryAddress} from "./query-address.js";
import {resultChart} from "./result-chart.js";
import {resultTable} from "./result-table.js";
import type {SqlResult} from "./sql-result.js";

type View = QueryAddress["view"];

/** Which view of a result is shown first, and who is told when the reader turns to the other. */
export interface ResultViewOptions {
  readonly format: Formats;
  /** What is shown first. */
  readonly view: View;
  /** Told when the reader turns to the other. */
  readonly onView: (view: View) => void;
}

/** A result as a table or as a chart, each made when it is first looked at. */
export function resultView(result: SqlResult, {format, view, onView}: ResultViewOptions): HTMLElement {
  const draw: Record<View, () => Node> = {
    table: () => resultTable(result, format, {caption: "Query result"}),
    chart: () => resultChart(result, format)
  };
  const made = new Map<View, Node>();
  const body = html`<div></div>`;
  const show = (shown: View) => {
    if (!made.has(shown)) made.set(shown, draw[shown]());
    body.replaceChildren(made.get(shown)!);
    for (const [name, button] of buttons) button.setAttribute("aria-pressed", String(name === shown));
  };
  const buttons = (["table", "chart"] as const).map((name) => {
    const button = html`<button class="button button-quiet" type="button">${name === "table" ? "Table" : "Chart"}</button>`;
    button.addEventListener("click", () => {
      show(name);
      onView(name);
    });
    return [name, button] as const;
  });
  const bar = html`<div class="result-views" role="group" aria-label="Show the result as">${buttons.map(([, button]) => button)}</div>`;
  show(view);
  return html`<div class="result">${bar}${body}</div>`;
}
