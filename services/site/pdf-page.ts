import type {Page} from "playwright-core";
import {failedCells, settlePage, watchPage} from "./check-site.js";
import {launchChromium} from "./chromium.js";
import {escapeHtml} from "./escape-html.js";
import {pageFile} from "./export-page.js";
import type {ExportedPage} from "./page-address.js";
import {serveSite} from "./serve.js";

/** What lies between the margins of an A4 page, in CSS pixels: charts are drawn to it. */
export const paper = {width: 673, height: 986};

/**
 * One page of a built site on A4, through Chromium: the print style sheet breaks it, its footer says as of when it
 * speaks and which page of how many one holds.
 *
 * @param dir a site as `npm run build` left it
 * @param chrome the Chromium to print with
 * @throws {Error} if the page is not there, or a cell of it failed: a report with a hole is not printed
 */
export async function printPage(dir: string, {path, query}: ExportedPage, chrome: string): Promise<Uint8Array> {
  pageFile(dir, path);
  const [site, browser] = await Promise.all([serveSite(dir), launchChromium(chrome)]);
  try {
    const page = await browser.newPage({viewport: paper, colorScheme: "light"});
    const faults = watchPage(page, new URL(site.url).origin);
    await page.emulateMedia({media: "print", colorScheme: "light", reducedMotion: "reduce"});
    await page.goto(new URL(`${path.slice(1)}${query && `?${query}`}`, site.url).href);
    await settlePage(page);
    await untilPainted(page);
    faults.push(...(await failedCells(page)));
    if (faults.length > 0) throw new Error(`${path} is not printed: ${faults.join("; ")}`);
    const footer = {displayHeaderFooter: true, headerTemplate: "<span></span>", footerTemplate: await footerOf(page)};
    return await page.pdf({format: "A4", printBackground: true, preferCSSPageSize: false, tagged: true, ...footer});
  } finally {
    await browser.close();
    await site.close();
  }
}

/** Until what was measured is drawn: a chart fits its width a frame after it has one. */
export async function untilPainted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 4; ++frame) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

async function footerOf(page: Page): Promise<string> {
  const title = await page.locator("h1").first().textContent({timeout: 1_000});
  const asOf = await page.locator(".page-head .standing > span:not(.mark)").first().textContent({timeout: 1_000});
  const style = "width: 100%; margin: 0 16mm; display: flex; justify-content: space-between; font: 8px sans-serif";
  const pages = '<span>page <span class="pageNumber"></span> of <span class="totalPages"></span></span>';
  return `<div style="${style}"><span>${escapeHtml(title ?? "")}</span><span>${escapeHtml(asOf ?? "")}</span>${pages}</div>`;
}
