import {listenWeakly} from "../inputs/listen-weakly.js";
import type {QueryChoice} from "../inputs/query-choice.js";
import {html} from "./html.js";

/** How a row of a table is chosen: by a click anywhere on it, or by Enter on the link in its first cell. */
export interface RowChoice<Row> {
  readonly choice: QueryChoice;
  readonly keyOf: (row: Row) => string;
  /** What the link does, for those who cannot see it: `Show the round trip`. */
  readonly label: string;
}

/** The first cell's content as a link to the same page with the row chosen. */
export function choiceLink<Row>(row: Row, content: Node | string, {choice, keyOf, label}: RowChoice<Row>): HTMLElement {
  const key = keyOf(row);
  return html`<a class="row-link" href=${choice.hrefOf(key)} data-key=${key} title=${label}>${content}</a>`;
}

/**
 * Makes the links of a table's body choose in place, a click on a row do the same, and the arrow keys move from row to
 * row, so that the whole table is one stop of the Tab key. The chosen row is marked.
 */
export function attachChoice<Row>(body: HTMLElement, {choice}: RowChoice<Row>): {mark(): void} {
  body.classList.add("choosable"); // said by a class: a rule with :has makes every change of a page cost 30 ms of style
  const links = () => [...body.querySelectorAll<HTMLAnchorElement>("a.row-link")];
  const mark = () => {
    const all = links();
    const chosen = all.find((link) => link.dataset["key"] === choice.value);
    for (const link of all) {
      link.tabIndex = link === (chosen ?? all[0]) ? 0 : -1;
      const row = link.closest("tr")!;
      if (link === chosen) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  };
  body.addEventListener("click", (event) => {
    const {target, ctrlKey, metaKey, shiftKey} = event;
    const link = (target as Element).closest("tr")?.querySelector<HTMLAnchorElement>("a.row-link");
    const isOther =
      (target as Element).closest("a, button") !== null && (target as Element).closest("a.row-link") === null;
    if (!link || isOther || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    choice.choose(link.dataset["key"] ?? "");
  });
  body.addEventListener("keydown", (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    const all = links();
    const at = all.indexOf(event.target as HTMLAnchorElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    all[at + step]?.focus();
  });
  listenWeakly(choice, "input", mark, body);
  return {mark};
}
