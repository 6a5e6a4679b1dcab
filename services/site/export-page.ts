import {existsSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {ensureChromium} from "./chromium.js";
import {inlineAttributes, inlineFiles, inlineStyles} from "./export-files.js";
import {inlineScript} from "./export-script.js";
import type {ExportedPage} from "./page-address.js";
import {asksDatabase, recordAnswers} from "./record-answers.js";

/** Nothing but what the file itself holds may be loaded: a browser enforces it. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval'", // arquero compiles its expressions
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "font-src data:",
  "connect-src data: blob:",
  "worker-src blob:" // a worker's program is in the file too
].join("; ");

const outward = '[href]:not([href^="#"], [href^="?"], [href^="http"], [href^="blob:"], [href^="data:"])';
const style = `main a${outward} {pointer-events: none; color: inherit; text-decoration: none}`;

/** Links to other pages of the site lead nowhere from a file: they are text, by keyboard too. */
const keepInside = `addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest('a${outward}')) event.preventDefault();
}, true);`;

/** The file of a page in a built site: `markets/EURUSD.html`, `markets/index.html` for `/markets/`. */
export function pageFile(dir: string, path: string): string {
  const name = path.slice(1);
  const file = `${name === "" || name.endsWith("/") ? `${name}index` : name}.html`;
  if (existsSync(join(dir, file))) return join(dir, file);
  if (!existsSync(join(dir, "index.html"))) throw new Error(`no site in ${dir}: run: npm run build`);
  throw new Error(`no such page in ${dir}: ${path}`);
}

/**
 * One page of a built site as one HTML file: code, styles and data inlined, the menu left out. It opens from disk and
 * asks the network for nothing; its inputs work, since they need no server. A page that asks a database holds the answers
 * it was given when the file was made, and says of any other question that it has none.
 *
 * @param dir a site as `npm run build` left it
 * @param findChrome where Chromium is, for a page whose answers are to be taken down
 * @throws {Error} if the page is not there, or needs a file that one page cannot hold
 */
export async function exportPage(
  dir: string,
  {path, query}: ExportedPage,
  findChrome: () => string = ensureChromium
): Promise<string> {
  const file = pageFile(dir, path);
  const folder = dirname(file);
  const html = readFileSync(file, "utf8");
  const [, cells] = /<script type="module">\n([\s\S]*?)\n<\/script>/.exec(html) ?? [];
  const answers = asksDatabase(html, folder) ? await recordAnswers(dir, {path, query}, findChrome()) : undefined;
  const code =
    cells === undefined ? "" : await inlineScript(inlineFiles(cells, folder), folder, path, answers !== undefined);
  const state = query === "" ? "" : `if (!location.search) history.replaceState(null, "", ${quoted(`?${query}`)});`;
  const head = [
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<style>${style}</style>`,
    `<script>${keepInside}${state}</script>`,
    answers === undefined ? "" : `<script>globalThis.tapebookAnswers = ${answers.replaceAll("<", "\\u003c")};</script>`,
    cells === undefined ? "" : `<script type="module">${code}</script>`
  ].join("\n");
  const bare = withoutMenu(html).replace(/<script type="module">\n[\s\S]*?\n<\/script>/, "");
  const whole = inlineAttributes(inlineStyles(bare, folder), folder);
  return whole.replace('<meta charset="utf-8">', (charset) => `${charset}\n${head}`);
}

/** JSON text that may stand in a script element. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}

/** Sidebar, search, neighbours, preloads, head start and the sidecar's address: none of them is of use in a file. */
function withoutMenu(html: string): string {
  return html
    .replace(/<input id="observablehq-sidebar-toggle"[\s\S]*?(?=<div id="observablehq-center">)/, "")
    .replace(/<nav>[\s\S]*?<\/nav>/g, "")
    .replace(/<link rel="(?:module)?preload"[^>]*>\n?/g, "")
    .replace(/<script data-head-start>[\s\S]*?<\/script>\n?/, "")
    .replace(/<meta name="tapebook-sidecar"[^>]*>/, "");
}
