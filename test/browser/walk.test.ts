import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {failedCells, settlePage} from "../../services/site/check-site.js";
import {axeFaults} from "../support/accessibility.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";
import {pageFigures} from "../support/page-figures.js";
import {fieldsOf, queryOf, saidBy, turnByKeys} from "../support/walked-page.js";
import {sharedWholeSite, type WholeSite, wholeBase} from "../support/whole-site.js";

/** Every page with inputs, and every one of them by the name it has in the address. Live is walked with a sidecar. */
const inputs: Readonly<Record<string, readonly string[]>> = {
  "markets/EURUSD": ["timeframe", "scale", "zone", "compare"],
  "structure/EURUSD": ["timeframe", "k", "back"],
  "trends/EURUSD": ["timeframe", "labels", "back", "starts", "rule"],
  "trades/alpha": ["instrument", "side", "result", "period", "from", "to", "weekday", "hour", "curve", "by"],
  "pulse/alpha": ["window"],
  "risk/alpha": ["confidence", "window"],
  "studies/volatility/EURUSD": ["estimator", "window", "per"],
  "studies/sessions/EURUSD": ["parts", "opening"],
  data: ["dataset"], // and the year, of which there is one
  sql: ["instrument", "sessions"]
};

/** Inputs that change nothing here: the site holds fewer days than any other choice would leave out. */
const idle = ["risk/alpha window", "sql sessions"];

const soon = <T>(value: () => Promise<T>) => expect.poll(value, {timeout: 15_000});

let built: WholeSite;
let site: OpenedSite;

beforeAll(async () => {
  built = await sharedWholeSite();
  site = await openSite(built.dist, {base: wholeBase});
}, 300_000);
afterAll(() => site?.close());

/** What the page says once it has settled and says the same twice. */
async function steady(page: Page): Promise<string> {
  let said = "";
  await soon(async () => {
    await settlePage(page);
    const before = said;
    said = await saidBy(page);
    return said === before && said !== "";
  }).toBe(true);
  return said;
}

describe.each(Object.entries(inputs))("/%s", (path, names) => {
  it("follows every input by the keyboard, goes back over each, and is the same by reload and by link", async () => {
    const {page, faults, close} = await site.open(path);
    const plain = await steady(page);
    const turned: Record<string, string> = {};
    for (const field of await fieldsOf(page)) {
      if (!(await turnByKeys(page, field))) continue;
      await soon(async () => Object.keys(queryOf(page)).length).toBe(1);
      const [[name, value] = ["", ""]] = Object.entries(queryOf(page));
      turned[name] = value;
      if (!idle.includes(`${path} ${name}`)) await soon(() => saidBy(page)).not.toBe(plain);
      await page.goBack();
      expect(queryOf(page), name).toEqual({});
      await soon(() => saidBy(page)).toBe(plain);
    }
    expect(Object.keys(turned)).toEqual(names);

    const link = `${path}?${new URLSearchParams(turned)}`;
    await page.goto(new URL(link, site.url).href);
    const linked = await steady(page);
    expect(linked).not.toBe(plain);
    await page.reload();
    expect(await steady(page)).toBe(linked);
    // a task that is dropped ends its worker, whose program may still be coming
    const met = faults.filter((fault) => !fault.endsWith("net::ERR_ABORTED"));
    expect([...met, ...(await failedCells(page))]).toEqual([]);
    await close();

    const other = await site.open(link, {hasTouch: true});
    expect(await steady(other.page)).toBe(linked);
    await other.page.getByRole("button", {name: "Reset", exact: true}).tap();
    await soon(async () => queryOf(other.page)).toEqual({});
    await soon(() => saidBy(other.page)).toBe(plain);
    expect(other.faults).toEqual([]);
    await other.close();
  }, 120_000);

  it("names what a wrong link asks for, and shows what it shows without it", async () => {
    const {page, close} = await site.open(`${path}?${new URLSearchParams(names.map((name) => [name, `no-${name}`]))}`);
    const words = await page.locator(".link-fault").allTextContents();
    for (const name of names) expect(words.join("\n")).toContain(`no-${name}`);
    expect(await failedCells(page)).toEqual([]);
    await close();
  }, 60_000);
});

describe("figures worked out again from the Parquet files", () => {
  it.each(pageFigures)(
    "$path: $says",
    async ({path, figure, of}) => {
      const {page, close} = await site.open(path);
      const value = page.locator(`.tile[data-figure="${figure}"] data`).first();
      expect(Number(await value.getAttribute("value"))).toBeCloseTo(
        of(await built.bars("EURUSD"), await built.deals()),
        10
      );
      await close();
    },
    30_000
  );
});

it.each(["trades/alpha", "structure/EURUSD"])(
  "/%s lets go of what it showed before",
  async (path) => {
    const {page, close} = await site.open(path);
    const wire = await page.context().newCDPSession(page);
    const [field] = await fieldsOf(page);
    const held: number[] = [];
    for (let turn = 0; turn < 8; ++turn) {
      await turnByKeys(page, field!);
      await steady(page);
      await wire.send("HeapProfiler.collectGarbage");
      held.push((await wire.send("Memory.getDOMCounters")).nodes);
    }
    expect(held[7], held.join(", ")).toBeLessThan(1.5 * Math.max(held[0]!, held[1]!)); // of two choices by turns
    await close();
  },
  60_000
);

describe("what opens when a reader asks", () => {
  it.each([
    [1_280, "light"],
    [1_280, "dark"],
    [390, "light"],
    [390, "dark"]
  ] as const)(
    "has nothing against it for ears and eyes at %i px, %s",
    async (width, colorScheme) => {
      const {page, faults, close} = await site.open("trades/alpha", {viewport: {width, height: 900}, colorScheme});
      await page.locator(".why-ask").first().click();
      await page.locator("dialog .why-body").waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", {name: "Table", exact: true}).first().click();
      await page.locator(".chart-frame table").first().waitFor();
      await page.locator("a.row-link").first().click();
      await page.locator("section.trip svg").first().waitFor();
      await page.locator("section.trip").getByRole("button", {name: "Table", exact: true}).first().click();
      expect(await axeFaults(page)).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    },
    60_000
  );
});

describe("a page that meets a fault", () => {
  it("names a file that does not come and the next step in place of what needs it, and stands", async () => {
    const context = await site.browser.newContext();
    await context.route(/loaders\/closes\/alpha/, (route) => route.abort());
    const page = await context.newPage();
    await page.goto(new URL("risk/alpha", site.url).href);
    const errors = page.locator(".state-error");
    await errors.first().waitFor();
    await settlePage(page);
    const [first = "", ...others] = await errors.allTextContents();
    expect(first).toContain("✕ closes/alpha.parquet did not come: Failed to fetch");
    expect(first).toContain("Check the connection and reload the page.");
    expect(others.filter((text) => !text.startsWith("✕ Not shown either: closes/alpha.parquet did not come"))).toEqual(
      []
    );
    expect(await failedCells(page)).toContain("failed cell: closes/alpha.parquet did not come: Failed to fetch");
    expect(await page.locator("h1").textContent()).toContain("Risk of Alpha");
    expect(await page.locator(".input-bar select").count()).toBe(2);
    await context.close();
  }, 30_000);

  it("keeps a panel's failure to itself", async () => {
    const context = await site.browser.newContext();
    await context.route(/loaders\/closes\/alpha/, (route) => route.abort());
    const page = await context.newPage();
    await page.goto(new URL("trades/alpha?curve=equity", site.url).href);
    await page.locator(".state-error").first().waitFor();
    await settlePage(page);
    expect(await page.locator(".tile", {hasText: "Net result"}).first().locator("data").count()).toBe(1);
    expect(await page.locator("a.row-link").count()).toBeGreaterThan(0);
    await context.close();
  }, 30_000);

  it("says of a link to no page which one, what is near, and how to search, at any depth", async () => {
    const {page, close} = await site.open("404");
    const html = readFileSync(join(built.dist, "404.html"), "utf8");
    await page.route("**/markets/deep/EURUSDX", (route) =>
      route.fulfill({status: 404, contentType: "text/html", body: html})
    );
    await page.goto(new URL("markets/deep/EURUSDX", site.url).href);
    await settlePage(page);
    const main = page.locator("main");
    expect(await main.locator("h1").textContent()).toBe("No such page");
    expect(await main.locator(".deck").textContent()).toBe("There is no page /markets/deep/EURUSDX on this site.");
    expect(await failedCells(page)).toEqual([]);
    await main.getByRole("link", {name: "EURUSD, instruments"}).click();
    await page.waitForURL(/\/desk\/markets\/EURUSD$/);
    await page.goBack();
    await main.getByRole("button", {name: "Search pages"}).click();
    expect(await page.evaluate(() => document.activeElement?.closest("#observablehq-search") !== null)).toBe(true);
    await close();
  }, 30_000);
});

it("holds the licences of all that it is made of", () => {
  const text = readFileSync(join(built.dist, "licences.txt"), "utf8");
  for (const name of ["d3-array", "@observablehq/plot", "hyparquet", "apache-arrow", "@duckdb/duckdb-wasm", "htl"])
    expect(text).toMatch(new RegExp(`^${name} \\d`, "m"));
});
