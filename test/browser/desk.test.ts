import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {toAmount} from "../../services/domain/money.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {DAY_MS} from "../../services/domain/time.js";
import {failedCells, settlePage, watchPage} from "../../services/site/check-site.js";
import {tuesday} from "../snapshots/samples.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";
import {hole, sharedWholeSite, type WholeSite, wholeBase} from "../support/whole-site.js";

/** What comes to be so within ten seconds: two busy cores may take that long to load a page. */
const soon = (value: () => unknown) => expect.poll(value, {timeout: 10_000});
const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});

/** Today, Trades and Data, walked as an analyst would; every figure is worked out again from the Parquet files. */
describe("the desk's pages", () => {
  let built: WholeSite;
  let site: OpenedSite;
  let browser: Browser;
  let trips: readonly RoundTrip[];

  beforeAll(async () => {
    built = await sharedWholeSite();
    trips = roundTrips(await built.deals()).trips;
    site = await openSite(built.dist, {base: wholeBase});
    ({browser} = site);
  }, 180_000);

  afterAll(async () => {
    await site?.close();
  });

  const faults: string[] = [];
  async function open(path: string, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> {
    const page = await browser.newPage({viewport: {width: 1_280, height: 900}, acceptDownloads: true, ...options});
    const seen = watchPage(page, new URL(site.url).origin);
    page.on("close", () => void faults.push(...seen));
    await page.goto(new URL(path, site.url).href);
    await settlePage(page);
    faults.push(...(await failedCells(page)));
    return page;
  }
  const sumOf = (some: readonly RoundTrip[]) => some.reduce((sum, {net}) => sum + net.minor, 0) / 100;
  const netOf = (page: Page) =>
    page.locator(".tile", {hasText: "Net result"}).first().locator("data").getAttribute("value");
  const expectNet = (page: Page, some: readonly RoundTrip[]) => soon(() => netOf(page)).toBe(String(sumOf(some)));
  const field = (page: Page, label: string) =>
    page.locator(".field", {hasText: new RegExp(`^${label}`)}).locator("select");
  const query = (page: Page) => new URL(page.url()).search;

  it("shows all round trips of an account, and any part of them with its n, by the keyboard and by a link", async () => {
    const page = await open("trades/alpha");
    await expectNet(page, trips);
    await field(page, "Side").focus();
    await page.keyboard.press("ArrowDown");
    await soon(() => query(page)).toBe("?side=buy");
    const long = trips.filter(({side}) => side === "buy");
    await expectNet(page, long);
    const words = `${long.length} of ${trips.length} round trips: long`;
    expect(await page.locator(".chosen").textContent()).toContain(words);
    expect(await page.locator(".chart-frame header p").allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining(words)])
    );
    expect(await page.locator(".chart-frame h3").allTextContents()).not.toContainEqual(
      expect.stringContaining("balance")
    );
    await field(page, "Result").selectOption("won");
    await expectNet(
      page,
      long.filter(({net}) => net.minor > 0)
    );
    const copied = await open(`trades/alpha${query(page)}`);
    await expectNet(
      copied,
      long.filter(({net}) => net.minor > 0)
    );
    await copied.close();
    await page.goBack();
    await expectNet(page, long);
    await page.getByRole("button", {name: "Reset"}).click();
    await expectNet(page, trips);
    expect(query(page)).toBe("");
    await page.close();
  });

  it("opens a round trip by the keyboard, loads its bars only then, and shows deals that sum to it", async () => {
    const page = await open("trades/alpha?instrument=MT5:EURUSD");
    const chosen = trips.filter(({instrument}) => instrument === "MT5:EURUSD");
    const loaded = () =>
      page.evaluate(() =>
        performance.getEntriesByType("resource").some(({name}) => name.includes("loaders/trip-bars"))
      );
    expect(await loaded()).toBe(false);
    await page.locator("a.row-link").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const trip = chosen.at(-2)!;
    await soon(() => query(page)).toBe(`?instrument=MT5:EURUSD&trip=${trip.id}`);
    const panel = page.locator("section.trip");
    await panel.locator("svg").first().waitFor();
    expect(await loaded()).toBe(true);
    const price = (value: number) => format.price(value, 0.00001);
    await soon(() => panel.locator("svg").first().textContent()).toContain(`opened ${price(trip.openPrice)}`);
    expect(await panel.locator("svg").first().textContent()).toContain(`closed ${price(trip.closePrice)}`);
    expect(await panel.locator(".trip-steps").textContent()).toContain(
      `${chosen.length - 1} of ${chosen.length} chosen`
    );
    const figures = await panel
      .locator("tbody tr")
      .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("data")].map(({value}) => Number(value))));
    const [opening, closing, whole] = figures.map((row) => row.at(-1)!);
    expect(whole).toBe(toAmount(trip.net));
    expect(Math.round((opening! + closing!) * 100)).toBe(trip.net.minor);
    await page.getByRole("button", {name: "← Earlier"}).click();
    await soon(() => query(page)).toContain(`trip=${chosen.at(-3)!.id}`);
    await page.goBack();
    await soon(() => query(page)).toContain(`trip=${trip.id}`);
    await panel.getByRole("button", {name: "Close", exact: true}).click();
    await soon(() => query(page)).toBe("?instrument=MT5:EURUSD");
    await page.close();
  });

  it("sorts, and hands out all rows as a file in that order", async () => {
    const page = await open("trades/alpha");
    const table = page.locator(".table-frame", {has: page.locator("a.row-link")});
    await table.getByRole("button", {name: "Net", exact: true}).click();
    expect(query(page)).toBe("?sort=-net");
    expect(await table.locator(".table-foot").textContent()).toContain(`${trips.length} rows`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      table.getByRole("button", {name: "Download CSV"}).click()
    ]);
    const lines = readFileSync((await download.path())!, "utf8")
      .trim()
      .split("\r\n");
    expect(lines.length).toBe(trips.length + 1);
    const at = lines[0]!.split(",").indexOf("Net (USD)");
    const nets = lines.slice(1).map((line) => Number(line.split(",")[at]));
    expect(nets).toEqual(trips.map(({net}) => toAmount(net)).sort((a, b) => b - a));
    await page.close();
  });

  it("says what a wrong link asked for, and leads out of a choice that leaves nothing", async () => {
    const page = await open("trades/alpha?instrument=MOON&from=never&trip=nothing&sort=luck");
    const words = await page.locator("main").textContent();
    for (const fault of [
      "no such choice: MOON",
      "not a date as 2024-01-31: never",
      "no round trip nothing",
      "no such column: luck"
    ])
      expect(words).toContain(fault);
    await expectNet(page, trips);
    await page.close();
    const empty = await open("trades/alpha?from=2030-01-01");
    await soon(() => empty.locator(".state-empty .cause").first().textContent()).toContain(
      `None of ${trips.length} round trips is closed from 1 Jan 2030.`
    );
    await empty.getByRole("button", {name: "Clear filters"}).first().click();
    await expectNet(empty, trips);
    expect(query(empty)).toBe("");
    await empty.close();
  });

  it("remembers a choice within a visit, and leaves a plain link plain", async () => {
    const page = await open("trades/alpha?side=sell");
    await field(page, "Result").selectOption("lost");
    await page.goto(new URL("./", site.url).href);
    await settlePage(page);
    await page.locator(".account h3 a").click();
    await soon(() => query(page)).toBe("?side=sell&result=lost");
    await page.goto(new URL("trades/alpha", site.url).href);
    await settlePage(page);
    expect(query(page)).toBe("");
    await page.close();
  });

  it("names on the first page what does not add up, and leads to where it is shown", async () => {
    const page = await open("");
    const item = page.locator(".attention li", {hasText: "cannot be matched"});
    expect(await item.textContent()).toContain("deal 9001");
    const equity = await page.locator(".tile", {hasText: "Equity"}).textContent();
    expect(equity).toContain("the source holds history only");
    const bars = await built.bars("EURUSD");
    const closes = [1, 2].map((back) => bars.close[bars.length - 1 - (back - 1) * 1_440]!);
    const change = format.fraction(closes[0]! / closes[1]! - 1, {decimals: 2, signed: true});
    expect(await page.locator("tr", {hasText: "EURUSD"}).first().textContent()).toContain(change);
    await item.locator("a").click();
    await settlePage(page);
    const section = page.locator(".reconcile");
    expect(await section.textContent()).toContain("1 deal cannot be matched");
    expect(await section.locator("tr", {hasText: "9001"}).textContent()).toContain("have no opening in this history");
    await page.close();
  });

  it("shows a day of a data set, what it misses, and hands out the file whole", async () => {
    const page = await open("data?dataset=bars/MT5-EURUSD/1m");
    const date = new Date(tuesday + hole.day * DAY_MS).toISOString().slice(0, 10);
    const missing = hole.end - hole.first;
    const cell = page.locator(`button.day[value="${date}"]`);
    expect(await cell.getAttribute("data-state")).toBe("partial");
    await cell.click();
    await soon(() => query(page)).toContain(`day=${date}`);
    const {time} = await built.bars("EURUSD");
    const found = time.filter((each) => new Date(each).toISOString().startsWith(date)).length;
    expect(found).toBe(1_440 - missing);
    const detail = await page.locator(".day-detail").textContent();
    expect(detail).toContain(`${format.count(found)} of ${format.count(1_440)}`);
    expect(detail).toContain(`15:30 to 15:50: ${missing} missing`); // in Kolkata; 10:00 to 10:20 of the venue
    expect(await page.locator("button.day[data-state=full]").count()).toBe(
      built.catalog().datasets[0]!.coverage.length - 1
    );
    const entry = built.catalog().datasets.find(({id}) => id === "bars/MT5-EURUSD/1m")!;
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", {name: "bars/MT5-EURUSD/1m.parquet"}).click()
    ]);
    const bytes = readFileSync((await download.path())!);
    expect([bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([entry.bytes, entry.sha256]);
    await page.close();
  });

  it("fits a phone and paper, in the dark too, and has no fault anywhere", async () => {
    for (const path of ["", "trades/alpha?trip=" + trips.at(-1)!.id, "data"]) {
      const page = await open(path, {viewport: {width: 390, height: 844}, colorScheme: "dark"});
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect([path, await overflow()]).toEqual([path, 0]);
      await page.emulateMedia({media: "print"});
      expect(
        await page
          .locator(".input-bar button")
          .first()
          .isVisible()
          .catch(() => false)
      ).toBe(false);
      await page.close();
    }
    expect(faults).toEqual([]);
  });
});
