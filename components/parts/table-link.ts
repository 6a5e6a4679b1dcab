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
 * The address says by figures which charts are tables, as `?table=deepest-fall,expectancy`, so that a link, a print and
 * a step back show what was shown.
 *
 * @param source the chart's source, of whose figure it is; a chart without one stays out of the address
 */
export function tableLink(source: Node | null, query: QueryStore = addressQuery): TableLink | undefined {
  if (!(source instanceof Element)) return undefined;
  const marked = source.matches("[data-figure]") ? source : source.querySelector("[data-figure]");
  const figure = marked?.getAttribute("data-figure");
  if (!figure) return undefined;
  const shown = () => (query.read().get(name) ?? "").split(",").filter((one) => one !== "");
  return {
    get isTable() {
      return shown().includes(figure);
    },
    set(isTable) {
      const others = shown().filter((one) => one !== figure);
      const all = isTable ? [...others, figure] : others;
      const next = query.read();
      if (all.length === 0) next.delete(name);
      else next.set(name, all.join(","));
      query.write(next);
    },
    listen: (listener, owner) => query.listen?.(listener, owner)
  };
}
