import type {Browser, BrowserContextOptions, Page} from "playwright-core";
import {failedCells, settlePage, watchPage} from "../../services/site/check-site.js";
import {findChromium, launchChromium} from "../../services/site/chromium.js";
import {serveSite} from "../../services/site/serve.js";

/** A page that stands. */
export interface OpenedPage {
  readonly page: Page;
  /** What it has complained of so far, a request off the site among it. */
  readonly faults: string[];
  /** Closes it, and what was opened from it. @returns its faults, failed cells among them */
  close(): Promise<string[]>;
}

/** A built site on loopback, and a Chromium to look at it. */
export interface OpenedSite {
  readonly browser: Browser;
  /** Its address with a final slash, base path included. */
  readonly url: string;
  /** A page in a context of its own, all its cells drawn. */
  open(path: string, options?: BrowserContextOptions): Promise<OpenedPage>;
  close(): Promise<void>;
}

/** Serves what was built in *dist*, and starts a Chromium. */
export async function openSite(dist: string, {base = "/"} = {}): Promise<OpenedSite> {
  const [site, browser] = await Promise.all([serveSite(dist, {base}), launchChromium(findChromium()!)]);
  return {
    browser,
    url: site.url,
    async open(path, options) {
      const context = await browser.newContext({viewport: {width: 1_280, height: 900}, ...options});
      const page = await context.newPage();
      const faults = watchPage(page, new URL(site.url).origin);
      await page.goto(new URL(path, site.url).href);
      await settlePage(page);
      const close = async () => {
        const failed = await failedCells(page);
        await context.close();
        return [...faults, ...failed];
      };
      return {page, faults, close};
    },
    async close() {
      await browser.close();
      await site.close();
    }
  };
}
