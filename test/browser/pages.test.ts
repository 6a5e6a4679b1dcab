import type {Browser, Page, WebSocket} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {failedCells, settlePage, watchPage} from "../../services/site/check-site.js";
import {findChromium, launchChromium} from "../../services/site/chromium.js";
import {axeFaults, contrastFaults, keyboardFaults, motionFaults} from "../support/accessibility.js";
import {layoutFaults} from "../support/layout-faults.js";
import {expectFitsPhone, phone} from "../support/phone-faults.js";
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
/** What a published site of the tests has not: a sidecar, and sessions that end. The others are opened there. */
const onPhone = ["live", "markets/INFY", "studies/sessions/INFY"];

const wide = {width: 1_440, height: 900};

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

  /** A page of its own in a window of that size, drawn; what it complains of from then on. */
  async function open(path: string, viewport = wide) {
    const page = await browser.newPage({viewport, reducedMotion: "reduce"});
    const faults = watchPage(page, new URL(started.address).origin);
    await page.goto(started.address + path);
    await settlePage(page);
    return {page, faults};
  }

  const laidOut = (page: Page) => expect.poll(() => layoutFaults(page), {timeout: 5_000}).toEqual([]);

  it.each(paths)(
    "/%s is drawn without a fault, for eyes, ears and keys, in both themes and at 200 %",
    async (path) => {
      const {page, faults} = await open(path);
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
    },
    60_000
  );

  it.each(onPhone)(
    "/%s is drawn without a fault on a phone, for eyes and ears, in both themes",
    async (path) => {
      const {page, faults} = await open(path, phone.viewport);
      await expectFitsPhone(page);
      expect([...faults, ...(await failedCells(page))]).toEqual([]);
      await page.close();
    },
    60_000
  );

  it("a search finds an instrument's pages by symbol and by name, and opens the first", async () => {
    const {page} = await open("data");
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

  it.each(["markets", "structure", "trends"])(
    "shows another instrument's %s in place, as its page does",
    async (kind) => {
      const page = await browser.newPage({viewport: wide});
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

  it("says of a link that leads nowhere which page there is not, and which are near", async () => {
    const page = await browser.newPage({viewport: wide});
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
