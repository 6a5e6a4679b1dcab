import {addressQuery, type QueryStore} from "../inputs/address-query.js";

/** Whether one chart of a page stands as its table, kept in the page's address. */
export interface TableLink {
  readonly isTable: boolean;
  /** One step of the browser's history. */
  set(isTable: boolean): void;
  /** Calls when the reader goes back or forward, for as long as somebody holds the owner. */
  listen(listener: () => void, owner: object): void;
}

const name = "table";

/**
 * The address says by name which charts are tables, as `?table=deepest-fall,expectancy`, so that a link, a print and a
 * step back show what was shown.
 *
 * @param chart the name, which no other chart of the page has
 */
export function tableLink(chart: string, query: QueryStore = addressQuery): TableLink {
  const shown = () => (query.read().get(name) ?? "").split(",").filter((one) => one !== "");
  return {
    get isTable() {
      return shown().includes(chart);
    },
    set(isTable) {
      const others = shown().filter((one) => one !== chart);
      const all = isTable ? [...others, chart] : others;
      const next = query.read();
      if (all.length === 0) next.delete(name);
      else next.set(name, all.join(","));
      query.write(next);
    },
    listen: (listener, owner) => query.listen?.(listener, owner)
  };
}
