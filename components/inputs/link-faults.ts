import {html} from "../parts/html.js";

/** What a link asked for in vain, in place: one line each, nothing where all was well. */
export function linkFaults(faults: readonly string[]): HTMLElement[] {
  if (faults.length === 0) return [];
  return [
    html`<div class="state state-error link-fault" role="alert">
      <p class="cause">✕ This link asks for what there is not.</p>
      ${faults.map((fault) => html`<p class="step">${fault}</p>`)}
    </div>`
  ];
}
