import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {BarSeries} from "../../services/domain/bar.js";
import {openMarket, rowsInSight, settled, titleOf} from "../support/market-page.js";
import {type MarketSite, sharedMarketSite} from "../support/market-site.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";

/** The inputs of an instrument's page, by their controls: what is in sight stays where it is, whatever is chosen. */
describe("the inputs of a market page", () => {
  let built: MarketSite;
  let site: OpenedSite;
  let browser: Browser;
  let bars: BarSeries;
  const faults: string[] = [];

  const open = (path: string): Promise<Page> => openMarket(browser, new URL(path, site.url), faults);
  const title = (page: Page) => page.locator(".chart-frame h3").textContent();
  const subtitle = (page: Page) => page.locator(".chart-frame header p").textContent();
  const said = (page: Page) => page.locator("[role=alert]").allTextContents();
  /** Two hours of minutes, dragged to a place in the past. */
  async function openAndPan(): Promise<Page> {
    const page = await open("markets/ALPHA?timeframe=1m");
    const box = (await page.locator(".market-stage").boundingBox())!;
    for (let drag = 0; drag < 2; ++drag) {
      const before = page.url();
      await page.mouse.move(box.x + 100, box.y + 100);
      await page.mouse.down();
      await page.mouse.move(box.x + 900, box.y + 110, {steps: 4});
      await page.mouse.up();
      await settled(page, before);
    }
    return page;
  }
  beforeAll(async () => {
    built = await sharedMarketSite();
    bars = await built.bars("ALPHA");
    site = await openSite(built.dist);
    ({browser} = site);
  }, 180_000);

  afterAll(async () => {
    await site?.close();
  });

  it("frame a longer bar that the snapshot ends within, and count it in no table of last bars", async () => {
    const rowsOf = (page: Page) => page.locator(".room-table tbody tr").count();
    const page = await open("markets/ALPHA?timeframe=1mo"); // two weeks: the month is not over
    expect(await subtitle(page)).toContain("the last bar, framed, was not over when the snapshot ended");
    expect(await rowsOf(page)).toBe(0);
    await page.getByLabel("Timeframe").selectOption("4h"); // whole days: the last four hours are over
    await expect.poll(() => subtitle(page)).toContain("4h bars");
    expect(await subtitle(page)).not.toContain("was not over");
    await expect.poll(() => rowsOf(page)).toBe(20);
    await page.close();
  }, 30_000);

  it("keep the place at a coarser timeframe, and give back the same minutes", async () => {
    const page = await openAndPan();
    const panned = page.url();
    const inSight = await title(page);
    for (const timeframe of ["4h", "1d"]) {
      await page.getByLabel("Timeframe").selectOption(timeframe);
      await expect.poll(() => subtitle(page)).toContain(`${timeframe} bars`);
      expect(await said(page)).toEqual([]);
    }
    await page.getByLabel("Timeframe").selectOption("4h");
    await expect.poll(() => title(page)).toMatch(/over the 60 bars shown/);
    const copied = await open(page.url());
    expect(await title(copied)).toBe(await title(page));
    await page.getByLabel("Timeframe").selectOption("1m");
    await expect.poll(() => title(page)).toBe(inSight);
    expect(rowsInSight(page, bars)).toEqual(rowsInSight({url: () => panned}, bars));
    await copied.close();
    await page.close();
  });

  it("keep the days in sight at a finer timeframe, the last one whole", async () => {
    const page = await open("markets/ALPHA?timeframe=1d&from=2024-01-04T00:00Z&to=2024-01-13T00:00Z");
    expect(await title(page)).toContain("over the 9 bars shown");
    await page.getByLabel("Timeframe").selectOption("1m");
    await expect.poll(() => title(page)).toBe(titleOf(page, bars));
    const {first, last} = rowsInSight(page, bars);
    expect([bars.time[first], bars.time[last]]).toEqual(["2024-01-04T00:00Z", "2024-01-12T23:59Z"].map(Date.parse));
    expect(await said(page)).toEqual([]);
    await page.close();
  });

  it("change scale and zone, and leave what is in sight", async () => {
    const page = await openAndPan();
    const [inSight, asked] = [await title(page), new URL(page.url()).searchParams];
    await page.getByLabel("Scale").selectOption("log");
    await expect.poll(() => subtitle(page)).toContain("log scale");
    await page.getByLabel("Zone").selectOption("utc");
    await expect.poll(() => page.locator(".market-readout time").textContent()).toContain("UTC");
    expect(await title(page)).toBe(inSight);
    const query = new URL(page.url()).searchParams;
    expect(Object.fromEntries(query)).toEqual({...Object.fromEntries(asked), scale: "log", zone: "utc"});
    expect(await said(page)).toEqual([]);
    await page.close();
  });

  it("are found again at the next instrument, but for what a link says and for a reset", async () => {
    const page = await open("markets/ALPHA");
    const goTo = async (path: string) => {
      await page.evaluate((to) => location.assign(to), new URL(path, site.url).href);
      await page.waitForURL(new RegExp(path.split("?")[0]!));
      await page.locator(".market-stage").waitFor();
      return new URL(page.url()).search;
    };
    await page.getByLabel("Timeframe").selectOption("15m");
    await page.getByLabel("Scale").selectOption("log");
    await page.getByLabel("Remove SMA 20").click();
    await page.getByLabel("Compare with").selectOption("BETA");
    expect(await goTo("markets/BETA")).toBe("?timeframe=15m&scale=log&indicators=bollinger:20:2");
    expect(await subtitle(page)).toContain("15m bars, USD, log scale");
    expect(await goTo("markets/ALPHA?zone=utc")).toBe("?zone=utc");
    expect(await subtitle(page)).not.toContain("log scale");
    await goTo("markets/BETA");
    await page.getByRole("button", {name: "Reset"}).click();
    expect(await goTo("markets/ALPHA")).toBe("");
    const link = await open("markets/BETA");
    expect(new URL(link.url()).search).toBe("");
    await link.close();
    await page.close();
  });

  it("has no fault on any page that was opened", () => {
    expect(faults).toEqual([]);
  });
});
