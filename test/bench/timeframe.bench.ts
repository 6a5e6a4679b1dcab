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
 * A market page of sixty days of minutes, loaded: from the choice of a timeframe, or the click on another instrument's
 * link, to the frame with its bars.
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
      return [...rows, await measureInstruments(page)];
    })
} satisfies Bench;

/** The first round, which loads what was not loaded and compiles what had not run, does not count. */
async function measure(page: Page, {from, to}: (typeof changes)[number]): Promise<Row> {
  const ours: number[] = [];
  for (let i = 0; i <= rounds; ++i) {
    await page.evaluate(choose, {timeframe: from});
    const ms = await page.evaluate(choose, {timeframe: to});
    if (i > 0) ours.push(ms);
  }
  return toRow(
    ours,
    ours.map(() => limitMs),
    {path: `${from} to ${to}, of ${days} days of minutes`, unit: "ms", peer: "limit", most: 1}
  );
}

/** At the finest timeframe. Both instruments have been shown before: the first round does not count. */
async function measureInstruments(page: Page): Promise<Row> {
  await page.evaluate(choose, {timeframe: "1m"});
  const ours: number[] = [];
  for (let i = 0; i < 2 * (rounds + 1); ++i) {
    const ms = await page.evaluate(choose, {instrument: i % 2 === 0 ? "BETA" : "ALPHA"});
    await settlePage(page);
    if (i > 1) ours.push(ms);
  }
  return toRow(
    ours,
    ours.map(() => limitMs),
    {path: `one instrument to another, both loaded, 1m, of ${days} days of minutes`, unit: "ms", peer: "limit", most: 1}
  );
}

/** Runs in the page: chooses a timeframe, or follows a link of the menu, and waits until the bars have been painted. */
async function choose({timeframe, instrument}: {timeframe?: string; instrument?: string}): Promise<number> {
  const select = [...document.querySelectorAll<HTMLSelectElement>(".input-bar select")].find((one) =>
    [...one.options].some(({value}) => value === timeframe)
  );
  const links = [...document.querySelectorAll<HTMLAnchorElement>("#observablehq-sidebar a")];
  const old = document.querySelector(".market-stage");
  const start = performance.now();
  if (instrument !== undefined) links.find(({pathname}) => pathname === `/markets/${instrument}`)!.click();
  else if (select) {
    select.value = timeframe!;
    select.dispatchEvent(new Event("input", {bubbles: true}));
  }
  const isDrawn = () => {
    const stage = document.querySelector(".market-stage");
    const canvas = stage?.querySelector("canvas");
    return stage !== old && (canvas?.style.getPropertyValue("--across") ?? "") !== ""; // a layer has a size once it is drawn
  };
  while (!isDrawn()) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve)); // after the frame
  return performance.now() - start;
}
