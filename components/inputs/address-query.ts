/** Where inputs keep their state: the query of the page's address, so that a link says what is shown. */
export interface QueryStore {
  read(): URLSearchParams;
  /** `step` makes an entry of the browser's history, `amend` rewrites the latest. */
  write(query: URLSearchParams, how?: "step" | "amend"): void;
  /** Called when the reader goes back or forward. */
  listen?(listener: () => void): void;
}

/** The page's own address. What was already there is not written again. */
export const addressQuery: QueryStore = {
  read: () => new URLSearchParams(location.search),
  write(query, how = "step") {
    const text = readable(query);
    const next = `${location.pathname}${text && `?${text}`}${location.hash}`;
    if (next === `${location.pathname}${location.search}${location.hash}`) return;
    if (how === "step") history.pushState(history.state, "", next);
    else history.replaceState(history.state, "", next);
  },
  listen: (listener) => addEventListener("popstate", listener)
};

/** As a person would type it: commas and colons may stand in a query. */
function readable(query: URLSearchParams): string {
  return query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}
