import {readFileSync} from "node:fs";
import {join} from "node:path";
import {settlePage} from "./check-site.js";
import {launchChromium} from "./chromium.js";
import type {ExportedPage} from "./page-address.js";
import {serveSite} from "./serve.js";

const database = "/_npm/@duckdb/";

/** Whether a page of a built site asks a database: whether its code, or a module it imports, names a file of DuckDB's. */
export function asksDatabase(html: string, folder: string): boolean {
  const modules = [...html.matchAll(/import\("(\.[^"]*\.js)"\)/g)].map(([, path = ""]) => join(folder, path));
  return [html, ...new Set(modules)].some((each) =>
    (each === html ? html : readFileSync(each, "utf8")).includes(database)
  );
}

/**
 * What the database answers a page that opens, in the state that is asked for: a file cannot hold the database, and holds
 * these answers in its place.
 *
 * @param dir a site as `npm run build` left it
 * @param chrome the Chromium to open it in
 * @returns as JSON; `components/sql/held-answers` has its shape
 */
export async function recordAnswers(dir: string, {path, query}: ExportedPage, chrome: string): Promise<string> {
  const [site, browser] = await Promise.all([serveSite(dir), launchChromium(chrome)]);
  try {
    const page = await browser.newPage();
    await page.addInitScript("globalThis.tapebookRecord = []");
    await page.goto(new URL(`${path.slice(1)}${query && `?${query}`}`, site.url).href);
    await settlePage(page);
    await page.waitForFunction('document.querySelector("[aria-busy=true]") === null', undefined, {timeout: 30_000});
    return await page.evaluate<string>("JSON.stringify(globalThis.tapebookRecord)");
  } finally {
    await browser.close();
    await site.close();
  }
}
