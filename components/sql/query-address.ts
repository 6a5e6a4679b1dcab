/** What of the page's address a query is kept in. */
export interface QueryAddress {
  readonly text: string | null;
  readonly view: "table" | "chart";
}

/** The longest query that a link is made of: many servers refuse an address beyond 8 kB. */
export const longestLink = 6_000;

const views: readonly string[] = ["table", "chart"] satisfies QueryAddress["view"][];

/** Reads a query out of an address: `?query=SELECT+1&view=chart`. A view that there is not is a table. */
export function readAddress(given: URLSearchParams): QueryAddress {
  const text = given.get("query")?.trim();
  return {text: text ? text : null, view: given.get("view") === "chart" ? "chart" : "table"};
}

/** What an address asks for in vain, in words. */
export function addressFaults(given: URLSearchParams): string[] {
  const view = given.get("view");
  if (view === null || views.includes(view)) return [];
  return [`Result as: no such choice: ${view}; shown is table, there are ${views.join(", ")}`];
}

/**
 * The address that reproduces a query, other keys kept; without the query where it is too long for a link.
 *
 * @returns the address, and whether the query is in it
 */
export function writeAddress(
  given: URLSearchParams,
  {text, view}: QueryAddress
): {query: URLSearchParams; isWhole: boolean} {
  const query = new URLSearchParams(given);
  query.delete("query");
  query.delete("view");
  const isWhole = text === null || encodeURIComponent(text).length <= longestLink;
  if (text !== null && isWhole) query.set("query", text);
  if (text !== null && isWhole && view === "chart") query.set("view", view);
  return {query, isWhole};
}
