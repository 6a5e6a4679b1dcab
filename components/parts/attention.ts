import {html} from "./html.js";

/** Something a reader should look at; worst first. */
export interface AttentionItem {
  readonly severity: "breach" | "caution" | "note";
  /** What it is about, in a word or two. */
  readonly subject: string;
  readonly text: string;
  /** A page to turn to. */
  readonly href?: string;
}

const marks = {breach: "✕", caution: "!", note: "·"} as const;
const order = ["breach", "caution", "note"] as const;

/** What needs attention, worst first; says so when nothing does. */
export function attentionList(items: readonly AttentionItem[]): HTMLElement {
  if (items.length === 0)
    return html`<p class="remark">Nothing needs attention: no data set is stale or restated, none has a gap in its last 7 days, and no account has deals that do not reconcile. Older gaps are on the <a href="./data">Data</a> page.</p>`;
  const sorted = order.flatMap((severity) => items.filter((item) => item.severity === severity));
  return html`<ul class="attention">${sorted.map(
    ({severity, subject, text, href}) => html`<li>
      <span class=${`is-${severity}`}>${marks[severity]} ${href === undefined ? subject : html`<a href=${href}>${subject}</a>`}</span>
      <span>${text}</span>
    </li>`
  )}</ul>`;
}
