import type {Browser} from "playwright-core";
import {settlePage} from "../../services/site/check-site.js";

/** What one cold load of a page cost. */
export interface PageLoad {
  /** As sent, heads included. */
  readonly bytes: number;
  readonly requests: number;
  /** Largest contentful paint, after the navigation began. */
  readonly paintMs: number;
  /** What tasks took beyond 50 ms each, until the page had settled. */
  readonly blockingMs: number;
  /** Layout shift, all of it added up. */
  readonly shift: number;
}

/** A wired line: 40 ms there and back, 10 Mbit/s, as Lighthouse has it for a desk. */
const line = {offline: false, latency: 40, downloadThroughput: 10_240 * 128, uploadThroughput: 10_240 * 128};

/** Opens a page in a browser that has never seen the site. */
export async function loadPage(browser: Browser, url: string): Promise<PageLoad> {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}});
  try {
    const page = await context.newPage();
    const wire = await context.newCDPSession(page);
    let [bytes, requests] = [0, 0];
    const pending = new Map<string, string>();
    wire.on("Network.loadingFinished", ({requestId, encodedDataLength}) => {
      bytes += encodedDataLength;
      pending.delete(requestId);
    });
    wire.on("Network.requestWillBeSent", ({requestId, request}) => {
      if (!request.url.startsWith("http")) return;
      ++requests;
      pending.set(requestId, request.url);
    });
    await wire.send("Network.enable");
    await wire.send("Network.emulateNetworkConditions", line);
    await page.addInitScript(observe);
    await page.goto(url, {waitUntil: "networkidle", timeout: 60_000});
    await settlePage(page);
    await page.waitForTimeout(1_000);
    bytes += await page.evaluate(bytesOf, [...pending.values()]);
    return {bytes, requests, ...(await page.evaluate(() => (globalThis as unknown as Observed).observed))};
  } finally {
    await context.close();
  }
}

/** Runs in the page: what came for it and is reported as finished elsewhere, as a worker's program is. */
function bytesOf(urls: readonly string[]): number {
  const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  return entries.filter(({name}) => urls.includes(name)).reduce((sum, {transferSize}) => sum + transferSize, 0);
}

interface Observed {
  observed: {paintMs: number; blockingMs: number; shift: number};
}

/** Runs in the page before anything else of it. */
function observe(): void {
  const observed = {paintMs: 0, blockingMs: 0, shift: 0};
  (globalThis as unknown as Observed).observed = observed;
  const watch = (type: string, take: (entry: PerformanceEntry & {value?: number}) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({type, buffered: true});
  watch("largest-contentful-paint", ({startTime}) => {
    observed.paintMs = startTime;
  });
  watch("longtask", ({duration}) => {
    observed.blockingMs += duration - 50;
  });
  watch("layout-shift", ({value = 0}) => {
    observed.shift += value;
  });
}
