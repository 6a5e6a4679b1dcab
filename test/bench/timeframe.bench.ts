import type {Page} from "playwright-core";
import {settlePage} from "../../services/site/check-site.js";
import {buildMarketSite} from "../support/market-site.js";
import {type Bench, type Row, toRow} from "./measure.js";
import {withSite} from "./with-site.js";

const days = 60;
const rounds = 7;
const limitMs = 100;
const changes = [
  {from: "5m", to: "1m"},
  {from: "1m", to: "5m"},
  {from: "1m", to: "1h"},
  {from: "1h", to: "1d"}
] as const;

/**
 * A market page of sixty days of minutes, loaded: from the choice of a timeframe to the frame with its bars; and from one
 * instrument's page to another's, which share their code.
 */
export default {
  name: "timeframe",
  run: () =>
    withSite(buildMarketSite(days), async (url, browser) => {
      const page = await browser.newPage({viewport: {width: 1_440, height: 900}});
      await page.goto(new URL("markets/ALPHA", url).href);
      await settlePage(page);
      const rows: Row[] = [];
      for (const change of changes) rows.push(await measure(page, change));
      return [...rows, await measurePages(page, url)];
    })
} satisfies Bench;

/** The first round, which loads what was not loaded and compiles what had not run, does not count. */
async function measure(page: Page, {from, to}: (typeof changes)[number]): Promise<Row> {
  const ours: number[] = [];
  for (let i = 0; i <= rounds; ++i) {
    await page.evaluate(choose, from);
    const ms = await page.evaluate(choose, to);
    if (i > 0) ours.push(ms);
  }
  return toRow(
    ours,
    ours.map(() => limitMs),
    {path: `${from} to ${to}, of ${days} days of minutes`, unit: "ms", peer: "limit", most: 1}
  );
}

async function measurePages(page: Page, url: string): Promise<Row> {
  const ours: number[] = [];
  for (let i = 0; i <= 2 * rounds; ++i) {
    await page.goto(new URL(`markets/${i % 2 === 0 ? "BETA" : "ALPHA"}`, url).href, {waitUntil: "commit"});
    const ms = await page.evaluate(drawnMs);
    await settlePage(page);
    if (i > rounds) ours.push(ms);
  }
  const path = "from one instrument's page to another's, its code in the cache";
  return toRow(
    ours,
    ours.map(() => limitMs),
    {path, unit: "ms", peer: "limit", most: 1}
  );
}

/** Runs in the page: when its chart has been painted, after the navigation began. */
async function drawnMs(): Promise<number> {
  const isDrawn = () =>
    (document.querySelector<HTMLElement>(".market-stage canvas")?.style.getPropertyValue("--across") ?? "") !== "";
  while (!isDrawn()) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve)); // after the frame
  return performance.now();
}

/** Runs in the page: chooses a timeframe as a reader does, and waits until its bars have been painted. */
async function choose(timeframe: string): Promise<number> {
  const select = [...document.querySelectorAll<HTMLSelectElement>(".input-bar select")].find((one) =>
    [...one.options].some(({value}) => value === timeframe)
  )!;
  const old = document.querySelector(".market-stage");
  const start = performance.now();
  select.value = timeframe;
  select.dispatchEvent(new Event("input", {bubbles: true}));
  const isDrawn = () => {
    const stage = document.querySelector(".market-stage");
    const canvas = stage?.querySelector("canvas");
    return stage !== old && (canvas?.style.getPropertyValue("--across") ?? "") !== ""; // a layer has a size once it is drawn
  };
  while (!isDrawn()) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve)); // after the frame
  return performance.now() - start;
}
