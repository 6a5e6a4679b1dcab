/** Where a page found its sidecar, and by whose word. */
export interface SidecarPlace {
  readonly url: string;
  /** A link may name any address: a page must say so when it did. */
  readonly chosenBy: "link" | "page" | "host";
}

/** What `findSidecar` looks at. */
export interface SidecarClues {
  /** The page's own address. */
  readonly href: string;
  /** The content of `<meta name="tapebook-sidecar">`, if the page has one. */
  readonly meta: string | undefined;
}

const DEFAULT_PORT = 8765;

/**
 * The sidecar of a page: `?sidecar=ws://…` in its address, else `<meta name="tapebook-sidecar" content="ws://…">`, else
 * port 8765 of the page's own host.
 *
 * @returns `undefined` where there is none to be had, as for a page opened from a file
 * @throws {RangeError} if the link or the page names something that is no WebSocket address
 * @example
 * findSidecar({href: "http://localhost:3000/live", meta: undefined}); // {url: "ws://localhost:8765/", chosenBy: "host"}
 */
export function findSidecar(clues: SidecarClues = pageClues()): SidecarPlace | undefined {
  const page = new URL(clues.href);
  const linked = page.searchParams.get("sidecar");
  if (linked) return {url: checkedUrl(linked), chosenBy: "link"};
  if (clues.meta) return {url: checkedUrl(clues.meta), chosenBy: "page"};
  if (!page.protocol.startsWith("http") || page.hostname === "") return undefined;
  const scheme = page.protocol === "https:" ? "wss" : "ws";
  return {url: `${scheme}://${page.hostname}:${DEFAULT_PORT}/`, chosenBy: "host"};
}

function checkedUrl(text: string): string {
  if (!URL.canParse(text) || !/^wss?:$/.test(new URL(text).protocol)) throw new RangeError(`invalid sidecar: ${text}`);
  return new URL(text).href;
}

function pageClues(): SidecarClues {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="tapebook-sidecar"]')?.content;
  return {href: location.href, meta};
}
