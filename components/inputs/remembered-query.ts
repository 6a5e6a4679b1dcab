import type {PageSubject} from "../parts/page-subjects.js";
import {addressQuery, type QueryStore} from "./address-query.js";
import type {Field} from "./field.js";

/** What remembering touches; the browser's own unless told. */
export interface RememberEffects {
  readonly query: QueryStore;
  readonly store: Pick<Storage, "getItem" | "setItem">;
  /** Whether the reader came from another page of this site, and not by a link, a reload or a step back. */
  readonly isWithinVisit: () => boolean;
}

/** How the reader came to what the page shows (`PageSubject`); opened unless told. */
export interface RememberOptions extends Partial<RememberEffects> {
  readonly arrival?: PageSubject<unknown>["arrival"];
}

/**
 * A query that a reader finds again when they come back to the page, or to another of its kind, within their visit. A
 * link always wins: it shows what it says, and one that says nothing shows the defaults to whoever did not come from this
 * site. What this page cannot show, as a timeframe that another instrument has, is left out without a word.
 *
 * @param key under which it is kept, as `trades/alpha`; pages that share one share what is kept
 * @param fields the inputs that are kept, by their names; what else the query says is not
 */
export function rememberedQuery(
  key: string,
  fields: Readonly<Record<string, Field<unknown>>>,
  {arrival = "opened", ...effects}: RememberOptions = {}
): QueryStore {
  const {query, store, isWithinVisit} = {...browserEffects(), ...effects};
  const isGoingOn = arrival === "followed" || (arrival === "opened" && isWithinVisit());
  const names = Object.keys(fields);
  const restore = () => {
    const given = query.read();
    if (given.size > 0 || !isGoingOn) return;
    const kept = new URLSearchParams(attempt(() => store.getItem(storeKey(key))) ?? "");
    for (const [name, field] of Object.entries(fields)) {
      const value = kept.get(name);
      if (value !== null && field.fromText(value) === undefined) given.set(name, value);
    }
    query.write(given, "amend");
  };
  restore();
  return {
    read: () => query.read(),
    write(next, how) {
      query.write(next, how);
      const kept = new URLSearchParams([...next].filter(([name]) => names.includes(name)));
      attempt(() => store.setItem(storeKey(key), kept.toString()));
    },
    listen: (listener, owner) => query.listen?.(listener, owner)
  };
}

const storeKey = (key: string) => `tapebook inputs of ${key}`;

/** A browser may refuse to keep anything; then nothing is remembered. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function browserEffects(): RememberEffects {
  return {
    query: addressQuery,
    store: {
      getItem: (name) => sessionStorage.getItem(name),
      setItem: (name, value) => sessionStorage.setItem(name, value)
    },
    isWithinVisit() {
      const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
      return entry?.type === "navigate" && document.referrer.startsWith(`${location.origin}/`);
    }
  };
}
