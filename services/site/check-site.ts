import {readFileSync} from "node:fs";
import {join} from "node:path";
import pLimit from "p-limit";
import type {Browser, Page} from "playwright-core";
import {globSync} from "tinyglobby";
import {launchChromium} from "./chromium.js";
import {serveSite} from "./serve.js";

/** Something wrong with a page of a built site. */
export interface PageFault {
  readonly page: string;
  readonly message: string;
}

/** How long a page may take to draw all its cells. */
const pageTimeoutMs = 30_000;
const pagesAtOnce = 3;

/** Pages of a built site, as paths below its base: `index`, `markets/EURUSD`. */
function builtPages(dir: string): string[] {
  return globSync("**/*.html", {cwd: dir})
    .map((file) => file.replace(/\.html$/, ""))
    .sort();
}

/** What a build writes into a page instead of failing: a cell or an import that Framework could not compile. */
export function findBrokenCells(dir: string): PageFault[] {
  return builtPages(dir).flatMap((page) =>
    [
      ...readFileSync(join(dir, `${page}.html`), "utf8").matchAll(/class="[^"]*observablehq--error[^"]*"[^>]*>([^<]*)/g)
    ].map(([, text = ""]) => ({page, message: `cell does not compile: ${text.trim()}`}))
  );
}

/** Opens every page of a built site in Chromium and reports failed cells, console errors and requests that left it. */
export async function checkSite(
  dir: string,
  chrome: string,
  {base = "/", onPage = (_page: string) => {}} = {}
): Promise<PageFault[]> {
  const [site, browser] = await Promise.all([serveSite(dir, {base}), launchChromium(chrome)]);
  try {
    const atOnce = pLimit(pagesAtOnce);
    const check = (page: string) => {
      onPage(page);
      return checkPage(browser, site.url, page);
    };
    return (await Promise.all(builtPages(dir).map((page) => atOnce(check, page)))).flat();
  } finally {
    await browser.close();
    await site.close();
  }
}

async function checkPage(browser: Browser, siteUrl: string, path: string): Promise<PageFault[]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const messages = watchPage(page, new URL(siteUrl).origin);
  try {
    await page.goto(new URL(path === "index" ? "" : path, siteUrl).href, {timeout: pageTimeoutMs});
    await settlePage(page);
    messages.push(...(await failedCells(page)));
  } catch (error) {
    messages.push(error instanceof Error ? error.message.split("\n")[0]! : String(error));
  }
  await context.close();
  return [...new Set(messages)].map((message) => ({page: path, message}));
}

/** What Chromium says of a request that its own page gave up, being left or closed; a server's failure has other names. */
const abandoned = "net::ERR_ABORTED";

/** Collects what a page says is wrong from now on. The sidecar may be away when a site is checked: not a fault. */
export function watchPage(page: Page, origin: string): string[] {
  const messages: string[] = [];
  const isSidecar = (text: string) => text.startsWith("WebSocket connection to");
  page.on("console", (message) => {
    if (message.type() === "error" && !isSidecar(message.text())) messages.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => messages.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (reason !== abandoned) messages.push(`failed request: ${request.url()} ${reason}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== origin) messages.push(`request off the site: ${url.origin}`);
  });
  return messages;
}

/** Resolves when every cell of a page has drawn or failed. */
export async function settlePage(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector("observablehq-loading, .observablehq--loading") === null,
    undefined,
    {
      timeout: pageTimeoutMs
    }
  );
}

/** What failed on a page, by the cause it names: cells, and panels that say so themselves; no wrong link, no query. */
export function failedCells(page: Page): Promise<string[]> {
  const failed = ".observablehq--error, .state-error:not(.link-fault, .query-fault)";
  return page.$$eval(failed, (cells) =>
    cells.map((cell) => `failed cell: ${(cell.querySelector(".cause") ?? cell).textContent?.trim().replace(/^✕ /, "")}`)
  );
}
