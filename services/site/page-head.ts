import {cellErrors} from "./cell-errors.js";
import {escapeHtml} from "./escape-html.js";

/** What the head of every page is told. */
export interface HeadFacts {
  readonly title: string;
  /** Where pages find the sidecar; empty where there is none. */
  readonly sidecarUrl: string;
}

/**
 * What every page's head holds besides Framework's own: the site's name, the sidecar's address, and what Framework's page
 * lacks for those who do not read with eyes and a mouse alone.
 */
export function pageHead({title, sidecarUrl}: HeadFacts): string {
  return [
    '<link rel="icon" href="data:,">',
    `<meta name="application-name" content="${escapeHtml(title)}">`,
    `<meta name="tapebook-sidecar" content="${escapeHtml(sidecarUrl)}">`,
    `<script>${mending}</script>`,
    `<script>${warming}</script>`,
    `<script>${cellErrors}</script>`
  ].join("");
}

/** A browser's first number format takes it some 25 ms, which it has while the page's code is on its way. */
const warming = "setTimeout(() => new Intl.NumberFormat());";

/**
 * Framework states no language, forbids zooming in, puts a label into a list, and leads to what the page says only
 * through its whole menu. The same script mends it in a preview, a build and an exported file. Pages that share a name,
 * an instrument's chart and its structure, are told apart where they follow each other.
 */
const mending = `{
const root = document.documentElement;
root.lang = "en";
document.querySelector("meta[name=viewport]").content = "width=device-width, initial-scale=1";
const find = (selector) => document.querySelector(selector);
const mend = () => {
  const main = find("#observablehq-main"), sidebar = find("#observablehq-sidebar");
  if (!main) return;
  main.tabIndex = -1;
  const skip = document.createElement("a");
  skip.className = "skip-link";
  skip.href = "#observablehq-main";
  skip.textContent = "Skip to what the page says";
  skip.onclick = (event) => { event.preventDefault(); main.focus(); main.scrollIntoView(); };
  document.body.prepend(skip);
  find("#observablehq-toc nav")?.setAttribute("aria-label", "On this page");
  find("#observablehq-footer nav")?.setAttribute("aria-label", "Previous and next page");
  if (!sidebar) return;
  sidebar.setAttribute("aria-label", "Pages");
  const close = find("#observablehq-sidebar-close");
  if (close) {
    const item = document.createElement("li");
    item.style.display = "contents";
    close.replaceWith(item);
    item.append(close);
  }
  find("#observablehq-sidebar-toggle").setAttribute("aria-label", "Menu of pages");
  const search = find("#observablehq-search");
  if (search) search.dataset.shortcut = "/", search.firstElementChild.setAttribute("aria-label", "Search pages");
  find("#observablehq-search-results")?.setAttribute("aria-live", "polite");
  [...sidebar.querySelectorAll(".observablehq-link-active a")].at(-1)?.setAttribute("aria-current", "page"); // not the title, which leads to the first page too
  tellNeighboursApart();
};
const tellNeighboursApart = () => {
  for (const link of document.querySelectorAll("#observablehq-footer nav a")) {
    const entry = [...document.querySelectorAll("#observablehq-sidebar details a")].find((each) => each.href === link.href);
    if (entry) link.firstElementChild.textContent = entry.textContent + ", " + entry.closest("details").querySelector("summary").textContent.toLowerCase();
  }
};
addEventListener("tapebook-neighbours", tellNeighboursApart); // components/parts/page-shell
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mend);
else mend();
}`;
