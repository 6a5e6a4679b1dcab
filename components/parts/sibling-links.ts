import {html} from "./html.js";

/** A page of the same kind for another subject. */
export interface Sibling {
  readonly name: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

/** The same study for other subjects, the one on the page marked; on paper and for one subject alone there is none. */
export function siblingLinks(siblings: readonly Sibling[], label: string): HTMLElement {
  const items = siblings.map(
    ({name, href, isCurrent}) =>
      html`<li>${isCurrent ? html`<strong aria-current="page">${name}</strong>` : html`<a href=${href}>${name}</a>`}</li>`
  );
  return html`<div class="siblings" role="navigation" aria-label=${label} hidden=${siblings.length < 2}><span>${label}</span><ul>${items}</ul></div>`;
}
