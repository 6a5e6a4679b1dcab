import {textOf} from "../../services/domain/text-of.js";
import {compileProgram} from "./compile-program.js";
import {fenceRequests} from "./fence-requests.js";
import type {WorkerNews, WorkerOrder} from "./worker-words.js";

/**
 * The worker of a page's database: DuckDB's own, fenced in, and its program compiled from the first moment on, while that
 * worker's code is still to come. It answers a page's order when DuckDB can be spoken to.
 */
const tell = (news: WorkerNews) => globalThis.postMessage(news);
const program = import.meta.resolve("npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-eh.wasm");
const compiled = compileProgram(program, (loadedBytes, totalBytes) => tell({news: "bytes", loadedBytes, totalBytes}));

const fence = fenceRequests(globalThis);
const fenced = globalThis.fetch;
globalThis.fetch = (asked, ...rest) =>
  asked instanceof Request && asked.url === program ? Promise.resolve(new Response()) : fenced(asked, ...rest);
WebAssembly.instantiateStreaming = async (_, imports) => {
  const module = await compiled;
  return {module, instance: await WebAssembly.instantiate(module, imports)};
};

const duckdb = import("npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-browser-eh.worker.js");
addEventListener(
  "message",
  (event: MessageEvent<WorkerOrder>) => {
    event.stopImmediatePropagation();
    for (const file of event.data.files) fence.open(file);
    const failed = (error: unknown) => tell({news: "failed", reason: textOf(error)});
    compiled.catch(failed);
    duckdb.then(() => tell({news: "ready"}), failed);
  },
  {once: true}
);
