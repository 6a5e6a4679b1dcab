import {basename} from "node:path";

/** The module that a page's database runs in, as Framework names it. */
const isDatabaseWorker = /^database-worker\.[^/]*js$/;

/** Which of the modules that were packed apart is the worker of a database. */
export function databaseWorker(paths: Iterable<string>): string | undefined {
  return [...paths].find((path) => isDatabaseWorker.test(basename(path)));
}

/** Which module of a library a bundle loads for its database, as the bundle names it. */
export function databaseModule(bundle: string): string | undefined {
  return /\bimport\("([^"]*\/_npm\/@duckdb\/[^"]*\.js)"\)/.exec(bundle)?.[1];
}

/**
 * A script for the head of a page with a query editor: where the page's address holds a query, whose answer a reader
 * waits for, the database's worker starts before the page's own code has come; `components/sql/start-worker` takes it.
 *
 * @param html the page
 * @param worker the database's worker, as the page names it
 * @param module the database's part in the page, fetched along with it
 * @returns nothing for a page without an editor
 */
export function headStart(html: string, worker: string, module: string): string {
  if (!/inputs: \[[^\]]*"queryBox"/.test(html)) return "";
  return `<script data-head-start>if (new URLSearchParams(location.search).has("query")) {
globalThis.tapebookDatabase = new Worker(${JSON.stringify(worker)}, {type: "module", name: "sql"});
document.head.append(Object.assign(document.createElement("link"), {rel: "modulepreload", href: ${JSON.stringify(module)}}));
}</script>\n`;
}
