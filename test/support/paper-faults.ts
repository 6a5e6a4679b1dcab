import type {paper} from "../../services/site/pdf-page.js";

/** The sizes of a PDF's pages. */
export function pagesOf(pdf: Buffer): string[] {
  return [...pdf.toString("latin1").matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, ...size]) =>
    String(size)
  );
}

/** A PDF without the moments at which it was made, the port its links were served at and the browser's own node numbers. */
export function plainPdf(pdf: Buffer): string {
  const passing = /\/(CreationDate|ModDate) \([^)]*\)|\/ID \[[^\]]*\]|(?<=127\.0\.0\.1):\d+|\(node\d+\)/g;
  return pdf.toString("latin1").replace(passing, "");
}

/** What a printed page would show that it must not, or cut; runs in the page. */
export function paperFaults({width, height}: typeof paper): string[] {
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  const name = (element: HTMLElement) => `${element.className || element.tagName}: ${element.innerText.slice(0, 60)}`;
  const isShown = (element: HTMLElement) => element.getClientRects().length > 0;
  const controls = "nav, button, #observablehq-sidebar, .ask, .query, input[type=checkbox], input[type=range]";
  const isText = (element: HTMLElement) => element.matches(".day, .sort"); // a day's state, a column's head
  const shown = all(controls).filter((element) => isShown(element) && !isText(element));
  const hidden = all(".day, .sort").filter((element) => !isShown(element));
  const whole = all(".chart-frame, .tile, tr, .state, .input-bar").filter(isShown);
  const cut = whole.filter((element) => getComputedStyle(element).breakInside !== "avoid");
  const tall = whole.filter((element) => element.offsetHeight > height);
  const wide = all("main *").filter((element) => isShown(element) && element.getBoundingClientRect().right > width + 1);
  const heads = all("thead").filter((head) => getComputedStyle(head).display !== "table-header-group");
  const sources = all(".why > summary").filter((summary) => !isShown(summary));
  return [
    ...shown.map((element) => `shown: ${name(element)}`),
    ...hidden.map((element) => `left out: ${name(element)}`),
    ...cut.map((element) => `may be cut: ${name(element)}`),
    ...tall.map((element) => `taller than a page: ${name(element)}`),
    ...wide.map((element) => `wider than the page: ${name(element)}`),
    ...heads.map((element) => `does not repeat: ${name(element)}`),
    ...sources.map((element) => `hidden: ${name(element)}`)
  ];
}
