import {html} from "../parts/html.js";

/** A finding as it reads: the sentence first, then its figures, then the evidence. */
export function findingSection(sentence: string, tiles: Node, source: Node): HTMLElement {
  return html`<section class="finding"><p class="sentence">${sentence}</p>${tiles}${source}</section>`;
}
