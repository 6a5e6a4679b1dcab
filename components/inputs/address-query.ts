import {listenWeakly} from "./listen-weakly.js";

/** Where inputs keep their state: the query of the page's address, so that a link says what is shown. */
export interface QueryStore {
  read(): URLSearchParams;
  /** `step` makes an entry of the browser's history, `amend` rewrites the latest. */
  write(query: URLSearchParams, how?: "step" | "amend"): void;
  /** Calls when the reader goes back or forward, for as long as somebody holds the owner, as the page an element of it. */
  listen?(listener: () => void, owner: object): void;
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
  listen: (listener, owner) => listenWeakly(window, "popstate", listener, owner)
};

/** As a person would type it: commas and colons may stand in a query. */
function readable(query: URLSearchParams): string {
  return query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}
