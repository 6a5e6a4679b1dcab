import type {Browser, Page} from "playwright-core";
import {expect} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import type {BarSeries} from "../../services/domain/bar.js";
import {failedCells, settlePage, watchPage} from "../../services/site/check-site.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});

/** The rows of minutes that a page's address says are in sight: the latest 120 where it does not say. */
export function rowsInSight(
  page: Pick<Page, "url">,
  {time, length}: BarSeries
): {readonly first: number; readonly last: number} {
  const query = new URL(page.url()).searchParams;
  const [from, to] = [query.get("from"), query.get("to")];
  if (from === null || to === null) return {first: length - 120, last: length - 1};
  return {first: time.indexOf(Date.parse(from)), last: time.findLastIndex((opened) => opened < Date.parse(to))};
}

/** What the chart of those rows should say, worked out from the bars. */
export function titleOf(page: Page, bars: BarSeries): string {
  const {first, last} = rowsInSight(page, bars);
  const change = bars.close[last]! / bars.close[first]! - 1;
  const moved = `${change < 0 ? "fell" : "rose"} ${format.fraction(Math.abs(change), {decimals: 2})}`;
  return `ALPHA ${moved} over the ${format.count(last - first + 1)} bars shown`;
}

/** Resolves when the address is no longer what it was. */
export async function settled(page: Page, before: string): Promise<void> {
  await expect.poll(() => page.url(), {timeout: 5_000}).not.toBe(before);
}

/** The figures above the chart by their names, as machines read them. */
export function readValues(page: Page): Promise<Record<string, string>> {
  return page
    .locator(".market-value")
    .evaluateAll((items) =>
      Object.fromEntries(
        items.map((item) => [item.querySelector("abbr")?.title ?? "", item.querySelector("data")?.value ?? ""])
      )
    );
}

/** Opens a market page and waits until its chart stands; what goes wrong from then on is added to *faults*. */
export async function openMarket(
  browser: Browser,
  url: URL,
  faults: string[],
  options: Parameters<Browser["newPage"]>[0] = {}
): Promise<Page> {
  const page = await browser.newPage({viewport: {width: 1_280, height: 1_400}, acceptDownloads: true, ...options});
  const seen = watchPage(page, url.origin);
  page.on("close", () => void faults.push(...seen));
  await page.goto(url.href);
  await page.locator(".market-stage").waitFor();
  await settlePage(page);
  faults.push(...(await failedCells(page)));
  return page;
}

/** Fingers on the glass, each at so many pixels from *left*, all at one height. */
export async function fingers(page: Page, left: number, y: number) {
  const client = await page.context().newCDPSession(page);
  return (type: "touchStart" | "touchMove" | "touchEnd", ...x: number[]) =>
    client.send("Input.dispatchTouchEvent", {type, touchPoints: x.map((at, id) => ({x: left + at, y, id}))});
}

/** How many pixels the chart has drawn once the page is laid out for print. */
export async function inkOnPaper(page: Page): Promise<number> {
  await page.emulateMedia({media: "print"});
  return page
    .locator(".market-stage canvas")
    .first()
    .evaluate((canvas) => {
      const {width, height} = canvas as HTMLCanvasElement;
      const {data} = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
      return data.filter((value, i) => i % 4 === 3 && value > 0).length;
    });
}
