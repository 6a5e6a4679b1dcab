/** What a worker may still fetch. */
export interface Fence {
  /** Lets an address be fetched. */
  open(address: string): void;
}

/** The parts of a worker's global scope by which something could leave it. */
export interface FencedScope {
  fetch: typeof fetch;
  readonly XMLHttpRequest: {readonly prototype: Pick<XMLHttpRequest, "open">};
}

/**
 * Closes a worker to all addresses but those opened later: a query, be it one that came with a link, can send nothing out
 * of the page, though DuckDB can read from any address.
 *
 * @throws {Error} from then on, where another address is asked for
 */
export function fenceRequests(scope: FencedScope): Fence {
  const allowed = new Set<string>();
  const check = (asked: string | URL | Request) => {
    const {href} = new URL(asked instanceof Request ? asked.url : asked);
    if (!allowed.has(href)) throw new Error(`only this site's own tables can be read, not ${href}`);
  };
  const {prototype} = scope.XMLHttpRequest;
  const openRequest = prototype.open as (...parameters: unknown[]) => void;
  prototype.open = function (this: XMLHttpRequest, method: string, address: string | URL, ...rest: unknown[]) {
    check(address);
    return openRequest.call(this, method, address, ...rest);
  };
  const get = scope.fetch.bind(scope);
  scope.fetch = (asked, ...rest) => {
    check(asked);
    return get(asked, ...rest);
  };
  for (const name of ["WebSocket", "EventSource", "WebTransport"]) Reflect.deleteProperty(scope, name);
  return {open: (address) => void allowed.add(address)};
}
