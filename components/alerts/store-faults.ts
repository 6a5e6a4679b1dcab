import {html} from "../parts/html.js";

/** What a store of alerts could not read or keep, in place: one line each, nothing where all was well. */
export function storeFaults(faults: readonly string[]): HTMLElement | "" {
  if (faults.length === 0) return "";
  return html`<div class="state state-error" role="alert">
    <p class="cause">✕ This browser's alerts are not all in order.</p>
    ${faults.map((fault) => html`<p class="step">${fault}</p>`)}
  </div>`;
}
