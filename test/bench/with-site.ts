import {join} from "node:path";
import type {Browser} from "playwright-core";
import {ensureChromium, launchChromium} from "../../services/site/chromium.js";
import {serveSite} from "../../services/site/serve.js";
import type {Workspace} from "../support/workspace.js";

/** Serves what was built in a copy of the project to a browser, and removes all of it afterwards. */
export async function withSite<T>(
  built: Workspace,
  measure: (url: string, browser: Browser, dist: string) => Promise<T>
): Promise<T> {
  const dist = join(built.dir, "dist");
  try {
    const [site, browser] = [await serveSite(dist), await launchChromium(ensureChromium())];
    try {
      return await measure(site.url, browser, dist);
    } finally {
      await browser.close();
      await site.close();
    }
  } finally {
    built.remove();
  }
}
