import {html} from "../parts/html.js";
import {addressQuery, type QueryStore} from "./address-query.js";

/** One thing chosen on the page, as a row of a table; an element that tells of it by `input`, as Framework wants it. */
export interface QueryChoice extends HTMLElement {
  /** What is chosen, as the address says it; empty for nothing, since Framework waits for what is undefined. */
  readonly value: string;
  /** Chooses another, or nothing (""), in one step of the browser's history. */
  choose(value: string): void;
  /** The page's address with another one chosen, for a link. */
  hrefOf(value: string): string;
}

/**
 * A choice that lives in the page's query under a name and nowhere else: a link says what is chosen, and going back
 * takes it back.
 *
 * `const trip = queryChoice("trip"); const id = Generators.input(trip);`
 */
export function queryChoice(name: string, query: QueryStore = addressQuery): QueryChoice {
  const element = html`<span hidden></span>`;
  const read = () => query.read().get(name) ?? "";
  const tell = () => element.dispatchEvent(new Event("input"));
  const withChoice = (value: string) => {
    const next = query.read();
    if (value === "") next.delete(name);
    else next.set(name, value);
    return next;
  };
  query.listen?.(tell, element);
  Object.defineProperty(element, "value", {get: read});
  return Object.assign(element, {
    choose(value: string) {
      if (value === read()) return;
      query.write(withChoice(value));
      tell();
    },
    hrefOf: (value: string) => `?${withChoice(value)}`
  }) as unknown as QueryChoice;
}
