import {html} from "../parts/html.js";

/** Where texts are kept between visits: the browser's `localStorage`. */
export type TextStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Queries that were run, the latest first. */
export interface QueryHistory {
  list(): readonly string[];
  add(text: string): void;
  clear(): void;
}

const key = "tapebook.sql.history";
const longest = 50;

/** A history kept in this browser alone, each text once; where storing is forbidden it lasts as long as the page. */
export function createHistory(store: TextStore | undefined = browserStore()): QueryHistory {
  let texts = parseHistory(attempt(() => store?.getItem(key)));
  const keep = (next: readonly string[]) => {
    texts = next;
    attempt(() => (next.length === 0 ? store?.removeItem(key) : store?.setItem(key, JSON.stringify(next))));
  };
  return {
    list: () => texts,
    add: (text) => keep([text, ...texts.filter((each) => each !== text)].slice(0, longest)),
    clear: () => keep([])
  };
}

function parseHistory(text: string | null | undefined): readonly string[] {
  const parsed: unknown = attempt(() => JSON.parse(text ?? "[]"));
  return Array.isArray(parsed)
    ? parsed.filter((each): each is string => typeof each === "string").slice(0, longest)
    : [];
}

function browserStore(): TextStore | undefined {
  return attempt(() => globalThis.localStorage);
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined; // forbidden, full or damaged: the page does without
  }
}

/** The history as a list that opens; choosing one puts it into the editor. */
export function historyView(history: QueryHistory, choose: (text: string) => void): HTMLElement & {renew(): void} {
  const list = html`<ol class="history-list"></ol>`;
  const clear = html`<button class="button button-quiet" type="button">Clear history</button>`;
  const count = html`<span></span>`;
  const view = html`<details class="query-history"><summary>History ${count}</summary>${list}
    <p class="remark">Kept in this browser only. ${clear}</p></details>`;
  const renew = () => {
    const texts = history.list();
    count.textContent = `(${texts.length})`;
    list.replaceChildren(...texts.map((text) => html`<li>${entryButton(text, choose)}</li>`));
    clear.toggleAttribute("disabled", texts.length === 0);
  };
  clear.addEventListener("click", () => {
    history.clear();
    renew();
    view.querySelector("summary")?.focus();
  });
  renew();
  return Object.assign(view, {renew});
}

function entryButton(text: string, choose: (text: string) => void): HTMLElement {
  const button = html`<button class="button button-quiet" type="button" title=${text}>${text.replace(/\s+/g, " ").slice(0, 120)}</button>`;
  button.addEventListener("click", () => choose(text));
  return button;
}
