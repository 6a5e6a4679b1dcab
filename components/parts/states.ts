import {textOf} from "../../services/domain/text-of.js";
import {html} from "./html.js";

/** Nothing to show: why, and what would fill it. */
export function emptyState(cause: string, step: string): HTMLElement {
  return html`<div class="state state-empty" role="note"><p class="cause">${cause}</p><p class="step">${step}</p></div>`;
}

/** Room kept while something loads, so that nothing jumps when it comes. */
export function loadingState(what: string): HTMLElement {
  return html`<div class="state state-loading" role="status" aria-label=${`Loading ${what}`}></div>`;
}

/** Something failed: its cause in the failure's own words, and the next step. The page around it stands. */
export function errorState(error: unknown, step: string): HTMLElement {
  const cause = textOf(error);
  return html`<div class="state state-error" role="alert"><p class="cause">✕ ${cause}</p><p class="step">${step}</p></div>`;
}
