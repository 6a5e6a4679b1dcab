import type {Browser, Page} from "playwright-core";
import {failedCells, settlePage, watchPage} from "../../services/site/check-site.js";

/** A page in a browser without a network, and all that it asked for or complained of. */
export async function openExported(browser: Browser, address: string): Promise<{page: Page; faults: string[]}> {
  const page = await (await browser.newContext({offline: true})).newPage();
  const faults = watchPage(page, "null");
  page.on("request", (request) => {
    if (request.url().startsWith("blob:")) return; // a worker's program, out of the file itself
    if (request.url().split("?")[0] !== address.split("?")[0]) faults.push(`request: ${request.url().slice(0, 200)}`);
  });
  page.on("websocket", (socket) => faults.push(`socket: ${socket.url()}`));
  await page.goto(address);
  await settlePage(page);
  return {page, faults: [...faults, ...(await failedCells(page))]};
}

/** What a page shows. */
export interface Shown {
  readonly text: string;
  readonly charts: number;
}

/** All that a page says, and how many charts it draws; what stands in a chart follows from its width. */
export async function shownOn(page: Page, selector = "main"): Promise<Shown> {
  const isDrawn = () => [...document.querySelectorAll(".fitted:empty")].every((box) => box.clientWidth === 0);
  await page.waitForFunction(isDrawn); // a drawing waits for its width
  return page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const copy = element.cloneNode(true) as Element;
      const charts = [...copy.querySelectorAll("svg")];
      for (const chart of charts) chart.remove();
      return {text: (copy.textContent ?? "").replace(/\s+/g, " "), charts: charts.length};
    });
}
