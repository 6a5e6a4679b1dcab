import {readFileSync} from "node:fs";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {ema} from "../../services/analytics/indicators/ema.js";
import {sma} from "../../services/analytics/indicators/sma.js";
import type {BarSeries} from "../../services/domain/bar.js";
import {fingers, inkOnPaper, openMarket, readValues, rowsInSight, settled, titleOf} from "../support/market-page.js";
import {type MarketSite, sharedMarketSite} from "../support/market-site.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});

/** The page of an instrument, used as an analyst would; every figure is worked out again from the Parquet file. */
describe("a market page", () => {
  let built: MarketSite;
  let site: OpenedSite;
  let browser: Browser;
  let bars: BarSeries;
  const faults: string[] = [];

  const open = (path: string, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> =>
    openMarket(browser, new URL(path, site.url), faults, options);
  const inSight = (page: Page) => rowsInSight(page, bars);
  const expectWords = (page: Page) =>
    expect.poll(() => page.locator(".chart-frame h3").textContent()).toBe(titleOf(page, bars));
  const steps = (page: Page) => page.evaluate(() => history.length);
  beforeAll(async () => {
    built = await sharedMarketSite();
    bars = await built.bars("ALPHA");
    site = await openSite(built.dist);
    ({browser} = site);
  }, 180_000);

  afterAll(async () => {
    await site?.close();
  });

  it("zooms about the pointer by wheel, in one step of the history, and goes back", async () => {
    const page = await open("markets/ALPHA?timeframe=1m");
    await expectWords(page);
    const [before, entries] = [page.url(), await steps(page)];
    const box = (await page.locator(".market-stage").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 100);
    for (let i = 0; i < 6; ++i) await page.mouse.wheel(0, 200);
    await settled(page, before);
    const {first, last} = inSight(page);
    expect(last - first + 1).toBeGreaterThan(400);
    expect(await steps(page)).toBe(entries + 1);
    await expectWords(page);
    const copied = await open(page.url());
    await page.goBack();
    expect(page.url()).toBe(before);
    await expectWords(page);
    await page.goForward();
    await expectWords(page);
    expect(inSight(copied)).toEqual({first, last});
    await expectWords(copied);
    await copied.close();
    await page.close();
  });

  it("moves under the mouse as far as it is dragged, and by the strip below", async () => {
    const page = await open("markets/ALPHA?timeframe=1m");
    const box = (await page.locator(".market-stage").boundingBox())!;
    let before = page.url();
    await page.mouse.move(box.x + 200, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 600, box.y + 110, {steps: 8});
    await page.mouse.up();
    await settled(page, before);
    const {first, last} = inSight(page);
    expect(last - first + 1).toBeGreaterThan(115);
    expect(bars.length - 1 - last).toBeGreaterThan(30);
    await expectWords(page);
    before = page.url();
    const strip = (await page.locator(".market-strip").boundingBox())!;
    await page.mouse.click(strip.x + strip.width / 2, strip.y + 20);
    await settled(page, before);
    const moved = inSight(page);
    expect(Math.abs((moved.first + moved.last) / 2 - bars.length / 2)).toBeLessThan(200);
    await expectWords(page);
    await page.close();
  });

  it("moves, zooms and reads bar by bar with the keys, and says what it reads", async () => {
    const page = await open("markets/ALPHA?timeframe=1m&indicators=sma:20,ema:50");
    await page.locator(".market-stage").focus();
    const press = async (key: string) => {
      const before = page.url();
      await page.keyboard.press(key);
      await settled(page, before);
      return inSight(page);
    };
    expect((await press("Home")).first).toBe(0);
    const wide = await press("-");
    expect(wide.last - wide.first + 1).toBe(150);
    const later = await press("ArrowRight");
    expect(later.first).toBe(wide.first + 15);
    expect((await press("End")).last).toBe(bars.length - 1);
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Shift+ArrowLeft");
    const row = bars.length - 2;
    const prices = (["open", "high", "low", "close"] as const)
      .map((field) => `${field} ${format.price(bars[field][row]!, 0.01)}`)
      .join(", ");
    const spoken = page.locator(".market-chart [aria-live]");
    await expect.poll(() => spoken.textContent()).toContain(prices);
    await expect
      .poll(() => readValues(page))
      .toEqual({
        Open: String(bars.open[row]),
        High: String(bars.high[row]),
        Low: String(bars.low[row]),
        Close: String(bars.close[row]),
        Volume: String(bars.volume[row]),
        "SMA 20": String(sma(bars.close, {period: 20})[row]),
        "EMA 50": String(ema(bars.close, {period: 50})[row])
      });
    await page.keyboard.press("t");
    const rows = page.locator(".chart-frame tbody tr");
    expect(await rows.first().locator("data").nth(3).getAttribute("value")).toBe(String(bars.close.at(-1)));
    expect(await page.locator(".chart-frame .table-foot").textContent()).toContain("150 rows");
    await page.close();
  });

  it("moves under a finger, zooms between two, and reads where it is tapped", async () => {
    const page = await open("markets/ALPHA?timeframe=1m", {
      viewport: {width: 390, height: 1_800},
      hasTouch: true,
      isMobile: true
    });
    const box = (await page.locator(".market-stage").boundingBox())!;
    const touch = await fingers(page, box.x, box.y + 120);
    let before = page.url();
    await touch("touchStart", 60);
    for (let x = 80; x <= 260; x += 20) await touch("touchMove", x);
    await touch("touchEnd");
    await settled(page, before);
    expect(inSight(page).last).toBeLessThan(bars.length - 40);
    await expectWords(page);
    before = page.url();
    await touch("touchStart", 120, 180);
    for (let by = 5; by <= 60; by += 5) await touch("touchMove", 120 - by, 180 + by);
    await touch("touchEnd");
    await settled(page, before);
    const {first, last} = inSight(page);
    expect(last - first + 1).toBeLessThan(70);
    await expectWords(page);
    await page.touchscreen.tap(box.x + 1, box.y + 120);
    const near = [first - 1, first].map((row) => String(bars.close[row]));
    await expect.poll(async () => near.includes((await readValues(page))["Close"]!)).toBe(true);
    await page.close();
  });

  it("takes indicators in the reader's order with the reader's numbers, into the address and back", async () => {
    const page = await open("markets/ALPHA?timeframe=1m&indicators=sma:20");
    await page.getByLabel("Add to indicators").selectOption("ema");
    await expect.poll(() => page.url()).toContain("indicators=sma:20,ema:20");
    await page.getByLabel("EMA period").fill("9");
    await page.getByLabel("EMA period").press("Enter");
    await expect.poll(() => page.url()).toContain("indicators=sma:20,ema:9");
    await page.getByLabel("Move EMA 9 up").click();
    await expect.poll(() => page.url()).toContain("indicators=ema:9,sma:20");
    const value = page.locator('[aria-label="Indicators at the last bar"] data').first();
    await expect.poll(() => value.getAttribute("value")).toBe(String(ema(bars.close, {period: 9}).at(-1)));
    await page.goBack();
    await expect.poll(() => page.getByLabel("Move EMA 9 up").count()).toBe(1);
    await page.getByLabel("Remove SMA 20").click();
    await expect.poll(() => page.url()).toMatch(/indicators=ema:9$/);
    await page.close();
  });

  it("compares with another instrument, whose file is loaded only when it is chosen", async () => {
    const page = await open("markets/ALPHA?timeframe=1d");
    const asked = () =>
      page.evaluate(
        () => performance.getEntriesByType("resource").filter(({name}) => name.includes("/sql/daily")).length
      );
    expect(await asked()).toBe(0);
    await page.getByLabel("Compare with").selectOption("BETA");
    await expect.poll(async () => Object.keys(await readValues(page))).toContain("BETA, daily");
    expect(await asked()).toBe(1);
    const other = await built.bars("BETA");
    const closeOf = (series: BarSeries, day: number) =>
      series.close[series.time.findLastIndex((time) => time < Date.UTC(2024, 0, 2 + day))]!;
    const values = await readValues(page);
    const days = Number((await page.locator(".chart-frame h3").textContent())!.match(/over the (\d+)/)![1]);
    expect(Number(values["BETA, daily"])).toBeCloseTo(closeOf(other, days - 1) / closeOf(other, 0) - 1, 12);
    expect(Number(values["ALPHA"])).toBeCloseTo(closeOf(bars, days - 1) / closeOf(bars, 0) - 1, 12);
    await page.close();
  });

  it("gives the bars in sight as CSV in the zone shown, and the chart as a picture", async () => {
    const page = await open(
      "markets/ALPHA?timeframe=1m&zone=utc&indicators=sma:20&from=2024-01-01T00:00Z&to=2024-01-01T00:30Z"
    );
    const [csv] = await Promise.all([page.waitForEvent("download"), page.getByText("Bars in sight as CSV").click()]);
    const lines = readFileSync(await csv.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(lines[0]).toBe("Opened (UTC),Open (USD),High (USD),Low (USD),Close (USD),Volume,SMA 20");
    expect(lines).toHaveLength(31);
    expect(lines[30]!.split(",")).toEqual([
      "2024-01-01T00:29:00+00:00",
      ...[bars.open, bars.high, bars.low, bars.close, bars.volume, sma(bars.close, {period: 20})].map((column) =>
        String(column[29])
      )
    ]);
    const [png] = await Promise.all([page.waitForEvent("download"), page.getByText("Chart as PNG").click()]);
    const bytes = readFileSync(await png.path());
    expect([bytes.subarray(1, 4).toString(), bytes.readUInt32BE(16) > 1_600]).toEqual(["PNG", true]);
    expect(await inkOnPaper(page)).toBeGreaterThan(1_000);
    await page.close();
  });

  it("says in place what a wrong link asked for, and shows the usual view", async () => {
    const page = await open(
      "markets/ALPHA?timeframe=7y&scale=cubic&zone=mars&compare=GAMMA&indicators=macdd,sma:0&from=yesterday"
    );
    const said = (await page.locator("[role=alert]").allTextContents()).join(" ");
    for (const words of [
      "Timeframe: no such choice: 7y",
      "Scale: no such choice: cubic",
      "Zone: no such choice: mars",
      "Compare with: no such choice: GAMMA",
      "no indicator: macdd",
      "period not a whole number from 1 to 1000: 0",
      "no moment: from=yesterday"
    ])
      expect(said).toContain(words);
    expect(await page.locator(".chart-frame h3").textContent()).toMatch(/over the \d+ bars shown/);
    await page.close();
  });

  it("is light: no chart library but the scales, and few requests", async () => {
    const page = await open("markets/ALPHA");
    const names = await page.evaluate(() => performance.getEntriesByType("resource").map(({name}) => name));
    expect(names.filter((name) => /plot|\bd3@|arquero|duckdb/.test(name))).toEqual([]);
    expect(names.length, names.join("\n")).toBeLessThan(15); // and the page itself
    await page.close();
  });

  it("has no fault on any page that was opened", () => {
    expect(faults).toEqual([]);
  });
});
