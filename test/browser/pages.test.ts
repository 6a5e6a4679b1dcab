import type {Browser, Page, WebSocket} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {failedCells, settlePage, watchPage} from "../../services/site/check-site.js";
import {findChromium, launchChromium} from "../../services/site/chromium.js";
import {axeFaults, contrastFaults, keyboardFaults, motionFaults} from "../support/accessibility.js";
import {layoutFaults} from "../support/layout-faults.js";
import {processesIn, type Started, startAll} from "../support/started.js";
import {createWorkspace, type Workspace} from "../support/workspace.js";

const paths = [
  "",
  "live",
  "alerts",
  "markets/",
  "markets/EURUSD",
  "markets/INFY",
  "structure/EURUSD",
  "trends/EURUSD",
  "trades/alpha",
  "pulse/alpha",
  "risk/alpha",
  "studies/volatility/EURUSD",
  "studies/sessions/INFY",
  "data",
  "sql"
];

/** Everything started by `npm start`, and every kind of page opened as it is served. */
describe("npm start", () => {
  let workspace: Workspace;
  let started: Started;
  let browser: Browser;

  beforeAll(async () => {
    workspace = createWorkspace();
    started = await startAll(workspace.dir, ["--port", "0"]);
    browser = await launchChromium(findChromium()!);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await started?.interrupt(); // again, where its own test was not run
    workspace?.remove();
  });

  describe.each(paths)("/%s", (path) => {
    /** A page of its own in a window so wide, drawn; what it complains of from then on. */
    const open = async (width: number): Promise<{page: Page; faults: string[]}> => {
      const page = await browser.newPage({viewport: {width, height: 900}, reducedMotion: "reduce"});
      const faults = watchPage(page, new URL(started.address).origin);
      await page.goto(started.address + path);
      await settlePage(page);
      return {page, faults};
    };
    const laidOut = (page: Page) => expect.poll(() => layoutFaults(page), {timeout: 5_000}).toEqual([]);

    it("is drawn without a fault, for eyes, ears and keys, in both themes and at 200 %", async () => {
      const {page, faults} = await open(1_440);
      await laidOut(page);
      expect(await page.locator("h1").count()).toBe(1);
      expect(await page.locator("main").textContent()).toContain("Simulated data");
      expect(await axeFaults(page)).toEqual([]);
      expect(await motionFaults(page)).toEqual([]);
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to what the page says");
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("observablehq-main");
      expect(await keyboardFaults(page, "main")).toEqual([]);
      await page.emulateMedia({colorScheme: "dark", reducedMotion: "reduce"});
      expect(await contrastFaults(page)).toEqual([]);
      await page.setViewportSize({width: 720, height: 450}); // what is left of the window at 200 %
      await laidOut(page);
      expect([...faults, ...(await failedCells(page))]).toEqual([]);
      await page.close();
    }, 60_000);

    it("is drawn without a fault on a phone, for eyes and ears, in both themes", async () => {
      const {page, faults} = await open(390);
      await laidOut(page);
      expect(await axeFaults(page)).toEqual([]);
      await page.emulateMedia({colorScheme: "dark", reducedMotion: "reduce"});
      await laidOut(page);
      expect(await contrastFaults(page)).toEqual([]);
      expect([...faults, ...(await failedCells(page))]).toEqual([]);
      if (path !== "sql") expect(await queryEngineFiles(page)).toEqual([]);
      await page.close();
    }, 60_000);
  });

  describe("without a mouse", () => {
    it("the menu is walked through, at 390 px too, where it opens by a key and closes by Escape", async () => {
      const wide = await browser.newPage({viewport: {width: 1440, height: 900}});
      await wide.goto(`${started.address}data`);
      await settlePage(wide);
      for (let stop = 0; stop < 2; ++stop) await wide.keyboard.press("Tab"); // past the skip link to the menu's switch
      expect(await keyboardFaults(wide, "#observablehq-sidebar")).toEqual([]);
      const narrow = await browser.newPage({viewport: {width: 390, height: 900}});
      await narrow.goto(`${started.address}data`);
      await settlePage(narrow);
      for (let stop = 0; stop < 2; ++stop) await narrow.keyboard.press("Tab");
      await narrow.keyboard.press("Space");
      const menu = narrow.locator("#observablehq-sidebar");
      await menu.waitFor({state: "visible"});
      await narrow.keyboard.press("Escape");
      await menu.waitFor({state: "hidden"});
      await wide.close();
      await narrow.close();
    }, 60_000);

    it("a search finds an instrument's pages by symbol and by name, and opens the first", async () => {
      const page = await browser.newPage({viewport: {width: 1440, height: 900}});
      await page.goto(`${started.address}data`);
      await settlePage(page);
      await page.keyboard.press("/");
      await page.keyboard.type("infosys");
      const results = page.locator("#observablehq-search-results a");
      await expect
        .poll(() => results.allTextContents(), {timeout: 30_000}) // a preview makes the index when it is first asked for
        .toEqual(expect.arrayContaining(["INFY: market", "INFY: volatility"]));
      await page.locator("#observablehq-search input").fill("gbpusd market");
      await expect.poll(() => results.first().textContent()).toBe("GBPUSD: market");
      await page.keyboard.press("Enter");
      await page.waitForURL(/markets\/GBPUSD$/);
      await settlePage(page);
      expect(await page.title()).toMatch(/^Pound.* \| /);
      await page.close();
    }, 60_000);

    it("can be enlarged, and speaks English", async () => {
      const page = await browser.newPage();
      await page.goto(`${started.address}data`);
      expect(await page.locator("meta[name=viewport]").getAttribute("content")).toBe(
        "width=device-width, initial-scale=1"
      );
      expect(await page.locator("html").getAttribute("lang")).toBe("en");
      await page.close();
    });
  });

  it.each(["markets", "structure", "trends"])(
    "shows another instrument's %s in place, as its page does",
    async (kind) => {
      const page = await browser.newPage({viewport: {width: 1440, height: 900}});
      const faults = watchPage(page, new URL(started.address).origin);
      const sidecars = new Set<WebSocket>();
      page.on("websocket", (socket) => {
        if (!socket.url().includes("_observablehq")) sidecars.add(socket); // a preview has one of its own
        socket.on("close", () => sidecars.delete(socket));
      });
      await page.goto(`${started.address}${kind}/INFY`);
      await settlePage(page);
      await page.evaluate(() => void Object.assign(window, {isSamePage: true}));
      await page.locator(".observablehq-section-active a", {hasText: "HDFCBANK"}).click();
      await page.waitForURL(`**/${kind}/HDFCBANK`);
      const said = () =>
        page.evaluate(() => {
          const parts = document.querySelectorAll<HTMLElement>("h1, .deck, .evidence > summary");
          return [document.title, ...[...parts].map(({innerText}) => innerText)];
        });
      await expect.poll(async () => (await said()).join()).toMatch(/HDFC.*NSE:HDFCBANK/s);
      await settlePage(page);
      expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
      const shown = await said();
      await page.reload();
      await settlePage(page);
      await expect.poll(said).toEqual(shown);
      expect([...faults, ...(await failedCells(page))]).toEqual([]);
      await page.close();
    },
    60_000
  );

  it("leads from page to page by previous and next, in the order of the menu, and says which build it is", async () => {
    const page = await browser.newPage({viewport: {width: 1440, height: 900}});
    await page.goto(`${started.address}trades/alpha`);
    await settlePage(page);
    const entries = await page
      .locator("#observablehq-sidebar > :not(ol:first-child) a")
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    const at = entries.findIndex((href) => href.endsWith("/trades/alpha"));
    const neighbour = (rel: string) =>
      page.locator(`#observablehq-footer a[rel=${rel}]`).evaluate((link) => (link as HTMLAnchorElement).href);
    expect([await neighbour("prev"), await neighbour("next")]).toEqual([entries[at - 1], entries[at + 1]]);
    expect(await page.locator("#observablehq-footer").textContent()).toMatch(
      /data as of .+ · build \d+\.\d+\.\d+ · pages [0-9a-f]{8} · data [0-9a-f]{8}/
    );
    await page.close();
  }, 60_000);

  it("says of a link that leads nowhere which page there is not, and which are near", async () => {
    const page = await browser.newPage({viewport: {width: 1440, height: 900}});
    const response = await page.goto(`${started.address}market/EURUSD`);
    await settlePage(page);
    expect(response?.status()).toBe(404);
    expect(await page.locator("main .deck").textContent()).toBe("There is no page /market/EURUSD on this site.");
    expect(await page.locator("main li a").allTextContents()).toContain("EURUSD, instruments");
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.locator("#observablehq-sidebar a", {hasText: "No such page"}).count()).toBe(0);
    expect(await page.locator("#observablehq-footer a[rel]").count()).toBe(0);
    await page.close();
  }, 60_000);

  it("shows on the Live page the tick that the simulated venue sent", async () => {
    const page = await browser.newPage();
    await page.goto(`${started.address}live`);
    const sent = await page.evaluate(
      () =>
        new Promise<{bid?: number; price?: number}>((resolve) => {
          const address = document.querySelector<HTMLMetaElement>("meta[name=tapebook-sidecar]")?.content ?? "";
          const socket = new WebSocket(address);
          socket.onopen = () => socket.send(JSON.stringify({op: "subscribe", topics: ["tick:MT5:EURUSD"]}));
          socket.onmessage = ({data}) => {
            const message = JSON.parse(data as string);
            const event = message.type === "batch" ? message.events.at(-1) : message;
            if (event?.type === "tick") resolve(event.tick);
          };
        })
    );
    const text = (sent.bid ?? sent.price ?? 0).toFixed(5);
    await page.locator("main", {hasText: text}).waitFor({timeout: 20_000});
    await page.close();
  }, 60_000);

  it("leaves no process behind after Ctrl-C", async () => {
    expect([0, 130, null]).toContain(await started.interrupt()); // null: npm ends by the signal itself
    await expect.poll(() => processesIn(workspace.dir), {timeout: 10_000}).toEqual([]);
  }, 30_000);
});

/** What a page has fetched of the engine for SQL, which only the page that asks it questions may need. */
function queryEngineFiles(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({name}) => name)
      .filter((name) => /duckdb|apache-arrow|\.wasm(\?|$)/.test(name))
  );
}
