import {html} from "../parts/html.js";
import {setText} from "../parts/set-text.js";

/** The controls of the editor. */
export interface BoxParts {
  readonly form: HTMLElement;
  readonly area: HTMLTextAreaElement;
  readonly cancel: HTMLElement;
  readonly clock: HTMLElement;
  /** What a screen reader is told: that a query runs, and how it ended. */
  readonly said: HTMLElement;
  readonly answer: HTMLElement;
  /** The query on paper, where the editor is not printed. */
  readonly printed: HTMLElement;
}

/** The controls with *text* in the editor; nothing happens until they are listened to. */
export function boxParts(text: string): BoxParts {
  const area =
    html`<textarea id="query" rows="9" spellcheck="false" autocomplete="off" autocapitalize="off" aria-describedby="query-keys">${text}</textarea>` as HTMLTextAreaElement;
  const cancel = html`<button class="button" type="button" disabled>Cancel</button>`;
  const clock = html`<span class="query-clock figure" aria-hidden="true"></span>`;
  const form = html`<form class="query">
    <label class="query-label" for="query">Query, in DuckDB's SQL</label>${area}
    <div class="query-actions"><button class="button" type="submit">Run</button>${cancel}${clock}
      <span class="remark" id="query-keys">Ctrl + Enter or ⌘ + Enter runs it; Tab leaves the editor.</span></div></form>`;
  return {
    form,
    area,
    cancel,
    clock,
    said: html`<p class="query-said" role="status"></p>`,
    answer: html`<div class="answer"></div>`,
    printed: html`<pre class="query-printed"></pre>`
  };
}

/** Shows that a query runs and since when; calling what comes back ends it, and leaves no focus on a dead button. */
export function showRunning({cancel, said, answer, clock, area}: BoxParts, now: () => number): () => void {
  const begun = now();
  said.textContent = "Running. Cancel stops it; the page goes on meanwhile.";
  cancel.removeAttribute("disabled");
  answer.setAttribute("aria-busy", "true");
  const timer = setInterval(() => {
    setText(clock, `${((now() - begun) / 1000).toFixed(1)}\u202fs`);
  }, 100);
  return () => {
    clearInterval(timer);
    clock.replaceChildren();
    if (document.activeElement === cancel) area.focus();
    cancel.setAttribute("disabled", "");
    answer.removeAttribute("aria-busy");
  };
}

/** Puts a name where the caret is, with a space before it where one word would run into another. */
export function insertName(area: HTMLTextAreaElement, name: string): void {
  const {selectionStart, selectionEnd, value} = area;
  const lead = /[\w"]$/.test(value.slice(0, selectionStart)) ? " " : "";
  area.focus();
  area.setRangeText(`${lead}${name}`, selectionStart, selectionEnd, "end");
}

/** Selects the place in the editor where DuckDB stopped in *text*, which may begin after blank that was cut off. */
export function goToPlace(area: HTMLTextAreaElement, text: string, offset: number): void {
  const start = Math.max(0, area.value.indexOf(text)) + offset;
  area.focus();
  area.setSelectionRange(start, Math.min(area.value.length, start + 1));
}
