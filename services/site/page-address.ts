/** A page of a built site, and the state that it is to open in. */
export interface ExportedPage {
  /** As in the site's menu: `/markets/EURUSD`; `/` is the first page. */
  readonly path: string;
  /** Its inputs, as in its address: `timeframe=1h&bars=400`; empty for the defaults. */
  readonly query: string;
}

/**
 * A page's place in an address, as a person gives it: `/trades/alpha?side=buy`.
 *
 * @throws {RangeError} if it leaves the site
 */
export function parsePageAddress(text: string): ExportedPage {
  const [path = "", query = ""] = text.split("?", 2);
  if (path.split("/").includes("..") || /^\w+:/.test(path)) throw new RangeError(`invalid page: ${text}`);
  return {path: `/${path.replace(/^\/+/, "").replace(/\.html$/, "")}`, query};
}
