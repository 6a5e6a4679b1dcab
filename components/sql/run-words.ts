import type {Formats} from "../format/create-formats.js";
import {formatDuration} from "../format/duration.js";
import {html} from "../parts/html.js";
import type {RunOutcome} from "./query-run.js";

/** A run's end in one sentence: rows, columns, how long it took. */
export function runSummary(outcome: RunOutcome, format: Formats): string {
  if (outcome.name === "failed") return "The query failed; the reason stands below.";
  if (outcome.name === "cancelled") return `Cancelled after ${formatDuration(outcome.afterMs)}.`;
  const {result, tookMs, openedMs} = outcome;
  const columns = result.columns.length;
  const opened = openedMs >= 100 ? `; DuckDB was opened before, in ${tookText(openedMs)}` : "";
  return `${format.count(result.rowCount)} ${result.rowCount === 1 ? "row" : "rows"}, ${columns} ${columns === 1 ? "column" : "columns"}, in ${tookText(tookMs)}${opened}.`;
}

function tookText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)}\u202fms` : formatDuration(ms);
}

/** What cancelling did, and what it means for what comes. */
export function cancelledNote(afterMs: number): HTMLElement {
  return html`<div class="state state-stale" role="note">
    <p class="cause">The query was stopped after ${formatDuration(afterMs)}.</p>
    <p class="step">DuckDB cannot be interrupted in a browser, so its worker was ended and a fresh one is opened. Other queries of
      this page run again by themselves; tables that you made with CREATE are gone. If the query should end, a LIMIT, a WHERE on
      time or fewer joined rows will help.</p>
  </div>`;
}
