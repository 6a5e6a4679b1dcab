import {readFileSync} from "node:fs";
import {join} from "node:path";
import {isDeepStrictEqual} from "node:util";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {settlePage} from "../../services/site/check-site.js";
import {openMarket} from "../support/market-page.js";
import {type MarketSite, sharedMarketSite} from "../support/market-site.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";

/** From one instrument to another without leaving the page: what then stands is what its own page, opened, would say. */
describe("a link to another instrument's page", () => {
  let built: MarketSite;
  let site: OpenedSite;
  let browser: Browser;
  const faults: string[] = [];

  const open = (path: string, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> =>
    openMarket(browser, new URL(path, site.url), faults, options);
  const link = (page: Page, name: string) =>
    page.locator(`#observablehq-sidebar a[href$="markets/${name}"], #observablehq-sidebar a[href="./${name}"]`).first();
  const mark = (page: Page) => page.evaluate(() => void Object.assign(window, {isSamePage: true}));
  const isMarked = (page: Page) => page.evaluate(() => "isSamePage" in window);
  const shows = async (page: Page, name: string) => {
    await expect.poll(() => page.locator(".page-head h1").textContent()).toBe(name);
    await expect.poll(() => page.locator(".chart-frame h3").textContent()).toMatch(new RegExp(`^${name} (fell|rose)`));
    await settlePage(page);
  };
  /** All that a reader sees of a page, and where its links lead. */
  const said = (page: Page) =>
    page.evaluate(() => {
      const text = (selector: string) => document.querySelector<HTMLElement>(selector)!.innerText;
      const links = [...document.querySelectorAll<HTMLAnchorElement>("#observablehq-footer nav a")].map(
        ({href}) => href
      );
      const marked = [...document.querySelectorAll("#observablehq-sidebar [aria-current]")].map(
        ({textContent}) => textContent
      );
      const canvas = document.querySelector<HTMLCanvasElement>(".market-stage canvas")!.toDataURL();
      let hash = 0;
      for (const letter of canvas) hash = (hash * 31 + letter.charCodeAt(0)) | 0;
      return {
        title: document.title,
        main: text("#observablehq-main"),
        foot: text("#observablehq-footer"),
        links,
        marked,
        hash
      };
    });

  beforeAll(async () => {
    built = await sharedMarketSite();
    site = await openSite(built.dist);
    ({browser} = site);
  }, 180_000);

  afterAll(async () => {
    await site?.close();
  });

  it("shows that one in place, in all as its own page does, and steps back and on", async () => {
    const page = await open("markets/ALPHA");
    const first = await said(page);
    await mark(page);
    await link(page, "BETA").click();
    await shows(page, "BETA");
    expect(new URL(page.url()).pathname).toBe("/markets/BETA");
    const opened = await open("markets/BETA");
    await expect.poll(async () => isDeepStrictEqual(await said(page), await said(opened))).toBe(true);
    const second = await said(page);
    expect(second.marked).toEqual(["BETA"]);
    await opened.close();
    await page.goBack();
    await shows(page, "ALPHA");
    await expect.poll(() => said(page)).toEqual(first);
    await page.goForward();
    await shows(page, "BETA");
    await expect.poll(() => said(page)).toEqual(second);
    expect(await isMarked(page)).toBe(true);
    await page.reload();
    await shows(page, "BETA");
    await expect.poll(() => said(page)).toEqual(second);
    await page.goBack(); // to what another load of the page had shown
    await shows(page, "ALPHA");
    await expect.poll(() => said(page)).toEqual(first);
    await page.close();
  });

  it("keeps what is asked of every instrument, and each step's own view", async () => {
    const page = await open(
      "markets/ALPHA?timeframe=1h&compare=BETA&from=2024-01-03T00:00:00Z&to=2024-01-05T00:00:00Z"
    );
    await page.getByLabel("Scale").selectOption("log");
    await settlePage(page);
    const before = page.url();
    const first = await said(page);
    await link(page, "BETA").click();
    await shows(page, "BETA");
    expect(new URL(page.url()).search).toBe("?timeframe=1h&scale=log");
    await page.goBack();
    await shows(page, "ALPHA");
    expect(page.url()).toBe(before);
    await expect.poll(() => said(page)).toEqual(first);
    await page.close();
  });

  it("goes on by keys along the foot, and says whom it came to", async () => {
    const page = await open("markets/ALPHA");
    await mark(page);
    await page.locator("#observablehq-footer a[rel=next]").focus();
    await page.keyboard.press("Enter");
    await shows(page, "BETA");
    expect(await page.locator("#observablehq-center > .unseen").textContent()).toBe("BETA");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("rel"))).toBe("next");
    await page.locator("#observablehq-footer a[rel=prev]").focus();
    await page.keyboard.press("Enter");
    await shows(page, "ALPHA");
    expect(await isMarked(page)).toBe(true);
    await page.close();
  });

  it("closes on a phone the menu that it was chosen from, and what stood open over the page", async () => {
    const page = await open("markets/ALPHA", {viewport: {width: 390, height: 844}, hasTouch: true});
    await page.evaluate(() => scrollTo(0, 400));
    await page.locator("#observablehq-sidebar-toggle").check();
    await link(page, "BETA").tap();
    await shows(page, "BETA");
    expect(await page.locator("#observablehq-sidebar-backdrop").isVisible()).toBe(false);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.locator(".why-ask").first().click();
    await page.locator("dialog[open]").waitFor();
    await page.goBack();
    await shows(page, "ALPHA");
    expect(await page.locator("dialog").count()).toBe(0);
    await page.close();
  });

  it("is left to the browser where it asks for a tab of its own", async () => {
    const page = await open("markets/ALPHA");
    const [tab] = await Promise.all([
      page.context().waitForEvent("page"),
      link(page, "BETA").click({modifiers: ["ControlOrMeta"]})
    ]);
    await tab.waitForURL("**/markets/BETA");
    expect(new URL(page.url()).pathname).toBe("/markets/ALPHA");
    await page.close();
  });

  it("answers the latest of several wishes", async () => {
    const page = await open("markets/ALPHA");
    await mark(page);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/markets/BETA", async (route) => {
      await held;
      await route.continue();
    });
    await link(page, "BETA").click();
    await expect.poll(() => page.locator("#observablehq-main").getAttribute("aria-busy")).toBe("true");
    await page.getByLabel("Scale").selectOption("log");
    await page.goBack(); // to the linear scale, and to this instrument
    release();
    await page.waitForTimeout(300);
    expect(new URL(page.url()).pathname).toBe("/markets/ALPHA");
    expect(await page.locator("#observablehq-main").getAttribute("aria-busy")).toBeNull();
    expect(await isMarked(page)).toBe(true);
    await page.close();
  });

  it("opens the page as any other where it is of another build, or its data do not come", async () => {
    const page = await open("markets/ALPHA");
    await mark(page);
    await page.route("**/markets/BETA", async (route) => {
      if (route.request().isNavigationRequest()) return route.continue();
      const text = readFileSync(join(built.dist, "markets/BETA.html"), "utf8");
      await route.fulfill({
        body: text.replace(/(class="build".* · data )\w+/, "$1otherwise"),
        contentType: "text/html"
      });
    });
    await link(page, "BETA").click();
    await expect.poll(() => isMarked(page).catch(() => true)).toBe(false);
    await shows(page, "BETA");
    await mark(page);
    let asked = 0;
    await page.route("**/bars/ALPHA/base.*", (route) => (++asked === 1 ? route.abort() : route.continue()));
    await link(page, "ALPHA").click();
    await expect.poll(() => isMarked(page).catch(() => true)).toBe(false);
    await shows(page, "ALPHA");
    await page.close();
  });

  it("left no cell failed and asked nobody else", () => {
    expect(faults.filter((fault) => !fault.includes("net::ERR_FAILED"))).toEqual([]);
  });
});
