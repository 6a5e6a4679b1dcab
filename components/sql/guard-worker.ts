/**
 * A worker that may fetch the files named and nothing else: a query, be it one that came with a link, can send nothing
 * out of the page, though DuckDB can read from any address.
 *
 * @param script address of the worker's own code
 * @param files addresses that it may fetch, whole and absolute
 */
export function guardedWorker(script: string, files: readonly string[]): Worker {
  const code = `(${guard})(${JSON.stringify(files)}); importScripts(${JSON.stringify(script)});`;
  const address = URL.createObjectURL(new Blob([code], {type: "text/javascript"}));
  const worker = new Worker(address);
  worker.addEventListener("message", () => URL.revokeObjectURL(address), {once: true});
  return worker;
}

/** Runs inside the worker, before its code; text, so that it needs nothing from around it. */
const guard = `function (files) {
  const allowed = new Set(files);
  const check = (address) => {
    const url = new URL(String(address && address.url || address)).href;
    if (!allowed.has(url)) throw new Error("only this site's own tables can be read, not " + url);
  };
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    check(address);
    return open.call(this, method, address, ...rest);
  };
  const get = self.fetch.bind(self);
  self.fetch = (address, ...rest) => {
    check(address);
    return get(address, ...rest);
  };
  for (const name of ["WebSocket", "EventSource", "WebTransport"]) delete self[name];
}`;
