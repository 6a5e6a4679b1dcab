import {textOf} from "../../services/domain/text-of.js";
import {html} from "../parts/html.js";

/**
 * What a link brings, to be looked at first: nothing is armed until the reader says so.
 *
 * @param words the rules in words
 */
export function sharedRulesNode(words: readonly string[], onAdd: () => void): HTMLElement | "" {
  if (words.length === 0) return "";
  const add = html`<button class="button" type="button">${words.length === 1 ? "Add it" : `Add all ${words.length}`}</button>`;
  const fault = html`<p class="form-fault" role="alert"></p>`;
  const node = html`<div class="shared-rules" role="note">
    <p class="cause">This link brings ${words.length === 1 ? "an alert" : `${words.length} alerts`}:</p>
    <ul>${words.map((one) => html`<li>${one}</li>`)}</ul>
    ${add}${fault}
  </div>`;
  add.addEventListener("click", () => {
    try {
      onAdd();
      node.replaceChildren(html`<p class="cause">Added, and armed from now on.</p>`);
    } catch (error) {
      fault.textContent = textOf(error);
    }
  });
  return node;
}
