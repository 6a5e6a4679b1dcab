import {html} from "./html.js";

/** What stands around a page's cells and names the page: menu, foot, search, what is open over it. */
export interface PageShell {
  /** The pages before and after this one, as its foot names them. */
  neighbours(): Element | null;
  /** Says that another page is on its way, or no longer is. */
  wait(isWaiting: boolean): void;
  /**
   * Names the page that the address now says.
   *
   * @param neighbours the pages before and after it, from its own foot
   * @param isFollowed a link is answered from the top of a page; going back finds its own place
   */
  show(neighbours: Element | null, isFollowed: boolean): void;
  end(): void;
}

/** Told to the window when the foot names other pages, which then are told apart (`services/site/page-head`). */
const neighboursChange = "tapebook-neighbours";

/** The shell of this page, as Framework lays it out. */
export function pageShell(page: Document = document): PageShell {
  const main = page.querySelector("#observablehq-main");
  const said = html`<p class="unseen" role="status"></p>`;
  const bar = html`<div class="on-its-way" hidden></div>`;
  main?.before(said);
  page.body.append(bar); // over the menu too
  return {
    neighbours: () => (page.querySelector("#observablehq-footer nav")?.cloneNode(true) ?? null) as Element | null,
    wait(isWaiting) {
      bar.hidden = !isWaiting;
      if (isWaiting) main?.setAttribute("aria-busy", "true");
      else main?.removeAttribute("aria-busy");
    },
    show(neighbours, isFollowed) {
      for (const dialog of page.querySelectorAll("dialog[open]")) (dialog as HTMLDialogElement).close();
      said.textContent = markInMenu(page);
      if (neighbours !== null) nameNeighbours(page, neighbours);
      clearSearch(page);
      if (!isFollowed) return;
      closeMenu(page);
      page.defaultView?.scrollTo({top: 0, behavior: "instant"});
    },
    end() {
      said.remove();
      bar.remove();
    }
  };
}

/** @returns the name of the page that the menu now marks */
function markInMenu(page: Document): string {
  const {pathname} = page.location;
  let name = "";
  for (const link of page.querySelectorAll<HTMLAnchorElement>("#observablehq-sidebar li.observablehq-link > a")) {
    const isHere = new URL(link.href).pathname === pathname;
    link.parentElement!.classList.toggle("observablehq-link-active", isHere);
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    if (isHere) name = link.textContent ?? "";
  }
  return name;
}

/** Who goes on by keys from one page to the next stays on the link. */
function nameNeighbours(page: Document, neighbours: Element): void {
  const nav = page.querySelector("#observablehq-footer nav");
  const rel = nav?.contains(page.activeElement) ? page.activeElement!.getAttribute("rel") : null;
  nav?.replaceChildren(...[...neighbours.children].map((link) => page.importNode(link, true)));
  page.defaultView?.dispatchEvent(new Event(neighboursChange));
  if (rel !== null) nav!.querySelector<HTMLElement>(`[rel=${rel}]`)?.focus();
}

function clearSearch(page: Document): void {
  const input = page.querySelector<HTMLInputElement>("#observablehq-search input");
  if (input === null || input.value === "") return;
  input.value = "";
  input.dispatchEvent(new Event("input", {bubbles: true}));
}

/** On a phone the menu lies over the page, and stands as long as it is ticked or holds the focus. */
function closeMenu(page: Document): void {
  if (!page.querySelector("#observablehq-sidebar-backdrop")?.checkVisibility()) return;
  const toggle = page.querySelector<HTMLInputElement>("#observablehq-sidebar-toggle");
  if (toggle?.checked) toggle.click();
  page.querySelector<HTMLElement>("#observablehq-main")?.focus({preventScroll: true});
}
