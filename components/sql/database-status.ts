import {formatNumber} from "../format/number.js";
import {html} from "../parts/html.js";
import {setText} from "../parts/set-text.js";
import type {Sql} from "./create-sql.js";
import type {DatabaseState} from "./supervisor.js";

/** One line that says what the database of a page is doing, with how far it has come while it loads. */
export function databaseStatus(sql: Pick<Sql, "watch">): HTMLElement {
  const text = html`<span></span>`;
  const bar = html`<progress aria-label="DuckDB loading" hidden></progress>` as HTMLProgressElement;
  const line = html`<p class="database-status remark">${text} ${bar}</p>`;
  sql.watch((state) => {
    line.dataset["state"] = state.name;
    setText(text, statusText(state));
    bar.hidden = state.name !== "opening";
    if (state.name === "opening") setProgress(bar, state.loadedBytes, state.totalBytes);
  });
  return line;
}

/** The state in words. */
function statusText(state: DatabaseState): string {
  switch (state.name) {
    case "closed":
      return "DuckDB is not loaded yet: the first query fetches it.";
    case "opening":
      return state.loadedBytes === 0
        ? "Fetching DuckDB …"
        : `Fetching DuckDB, ${formatNumber(state.loadedBytes / 1e6, {decimals: 1})}\u202fMB have come …`;
    case "ready":
      return state.running === 0
        ? "DuckDB is ready, in this page."
        : `DuckDB is at work on ${state.running} ${state.running === 1 ? "query" : "queries"}.`;
    case "failed":
      return `DuckDB could not be opened: ${state.error instanceof Error ? state.error.message : String(state.error)}. The next query tries again.`;
  }
}

/** Compressed on the way, more comes than was announced: then the bar only says that something moves. */
function setProgress(bar: HTMLProgressElement, loaded: number, total: number): void {
  if (total > 0 && loaded <= total) {
    bar.max = total;
    bar.value = loaded;
  } else bar.removeAttribute("value");
}
