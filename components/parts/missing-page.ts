import {html} from "./html.js";
import {type NamedPage, nearestPages} from "./nearest-pages.js";

/** What a page that is not there needs of the browser. */
export interface MissingPage {
  /** The address that was asked for, below the site's own: `/markets/DOGE`. */
  readonly path: string;
  /** The pages of the menu, each with its address. */
  readonly pages: readonly (NamedPage & {readonly href: string})[];
  /** Opens the search; none where there is no menu. */
  readonly search?: (() => void) | undefined;
}

/** What stands where a link leads to no page: which one was asked for, those most like it, and the search. */
export function missingPage({path, pages, search}: MissingPage): HTMLElement {
  const near = nearestPages(path, pages);
  const hrefs = new Map(pages.map((page) => [page.path, page.href]));
  const button = html`<button class="button" type="button">Search pages</button>`;
  if (search !== undefined) button.addEventListener("click", search);
  return html`<section>
    <header class="page-head"><h1>No such page</h1><p class="deck">There is no page <code>${path}</code> on this site.</p></header>
    <p>The address may be mistyped, or lead to a page of another site, or to one that is no more.</p>
    ${near.length === 0 ? null : html`<div><h2>Nearest to it</h2><ul>${near.map((page) => html`<li><a href=${hrefs.get(page.path)}>${page.name}</a></li>`)}</ul></div>`}
    ${search === undefined ? null : html`<p>${button} or press <kbd>/</kbd>: by symbol, name or word.</p>`}
  </section>`;
}

/**
 * What the browser knows of a page that is not there: its address, and the menu that Framework has put beside it. The
 * site's own path is the page's base.
 */
export function missingFrom(page: Document): MissingPage {
  const base = new URL(page.baseURI).pathname;
  const below = (pathname: string) => `/${pathname.startsWith(base) ? pathname.slice(base.length) : pathname.slice(1)}`;
  const links = [...page.querySelectorAll<HTMLAnchorElement>("#observablehq-sidebar li > a")];
  const pages = links.map((link) => {
    const fold = link.closest("details")?.querySelector("summary")?.textContent?.trim().toLowerCase();
    const name = [link.textContent?.trim() ?? "", fold].filter((each) => each !== undefined).join(", ");
    return {name, path: below(new URL(link.href).pathname), href: link.href};
  });
  const input = page.querySelector<HTMLInputElement>("#observablehq-search input");
  const path = below(decodePath(page.location.pathname));
  return {path, pages, ...(input !== null && {search: () => openSearch(page, input)})};
}

/** On a phone the menu, which holds the search, is closed. */
function openSearch(page: Document, input: HTMLInputElement): void {
  const toggle = page.querySelector<HTMLInputElement>("#observablehq-sidebar-toggle");
  if (toggle !== null && !input.checkVisibility()) toggle.click();
  input.focus();
}

function decodePath(pathname: string): string {
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}
