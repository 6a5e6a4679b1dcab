import type {Formats} from "../format/create-formats.js";
import {addressQuery, type QueryStore} from "../inputs/address-query.js";
import {linkFaults} from "../inputs/link-faults.js";
import {html} from "../parts/html.js";
import {type BoxParts, boxParts, insertName} from "./box-parts.js";
import type {Sql} from "./create-sql.js";
import {databaseStatus} from "./database-status.js";
import {heldAnswers} from "./held-answers.js";
import {addressFaults, readAddress} from "./query-address.js";
import {ask, follow, type QueryDesk, run} from "./query-desk.js";
import {createHistory, historyView, type QueryHistory} from "./query-history.js";

/** What an editor is made over. */
export interface QueryBoxOptions {
  readonly sql: Pick<Sql, "run" | "watch">;
  readonly format: Formats;
  /** What stands in the editor where the address names no query. */
  readonly text: string;
  readonly history?: QueryHistory;
  /** Where the query is kept, so that a link reproduces it; the page's own address unless told. */
  readonly address?: QueryStore;
  readonly now?: () => number;
}

/** An editor for a query of one's own with its answer below; names can be put into it from outside. */
export type QueryBox = HTMLElement & {insert(name: string): void};

/**
 * A free editor: `Run` or Ctrl + Enter, Tab leaves it. A query in the address is run when the page opens; one that was
 * run is put there, in a step of the browser's history, and into the box's own. Going back shows what the address says
 * again. While a query runs it can be cancelled, and a fault is shown in place. Of two queries only the later one's
 * answer is shown; the earlier is cancelled.
 */
export function queryBox(options: QueryBoxOptions): QueryBox {
  const {history = createHistory(), address = addressQuery, now = () => performance.now()} = options;
  const shown = readAddress(address.read());
  const parts = boxParts(shown.text ?? options.text);
  const {form, area, said, answer, printed} = parts;
  const past = historyView(history, (text) => {
    area.value = text;
    area.focus();
  });
  const faults = html`<div class="link-faults">${linkFaults(addressFaults(address.read()))}</div>`;
  const desk: QueryDesk = {
    ...options,
    history,
    address,
    now,
    parts,
    past,
    faults,
    shown,
    under: undefined,
    ended: undefined
  };
  listen(desk);
  if (shown.text !== null) void run(desk);
  const isHeld = heldAnswers() !== undefined;
  if (isHeld) closeEditor(parts);
  const box = html`<section class="query-box" aria-label="Your own query">
    ${form}${isHeld ? null : databaseStatus(options.sql)}${isHeld ? null : past}${faults}${printed}${said}${answer}</section>`;
  address.listen?.(() => {
    if (box.isConnected) follow(desk);
  }, box);
  return Object.assign(box, {insert: (name: string) => !isHeld && insertName(area, name)});
}

/** A file holds answers and no database: what it was asked can be read, and nothing else asked. */
function closeEditor({form, area, said}: BoxParts): void {
  area.readOnly = true;
  for (const control of form.querySelectorAll<HTMLElement>("button, #query-keys")) control.hidden = true;
  form.append(
    html`<p class="remark">This file holds the answers on the page and no database. To ask something else, open the page on its site.</p>`
  );
  said.hidden = said.textContent === "";
}

function listen(desk: QueryDesk): void {
  const {form, area, cancel} = desk.parts;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(desk);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    ask(desk);
  });
  cancel.addEventListener("click", () => desk.under?.cancel());
}
