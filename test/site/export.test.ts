import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {failedCells, settlePage, watchPage} from "../../services/site/check-site.js";
import {findChromium} from "../../services/site/chromium.js";
import {parsePageAddress} from "../../services/site/page-address.js";
import {paper, printPage, untilPainted} from "../../services/site/pdf-page.js";
import {openExported, type Shown, shownOn} from "../support/exported-file.js";
import {inkOnPaper} from "../support/market-page.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";
import {pagesOf, paperFaults, plainPdf} from "../support/paper-faults.js";
import {sharedWholeSite, type WholeSite, wholeBase} from "../support/whole-site.js";

let built: WholeSite;
let site: OpenedSite;
const paths = [
  "/",
  "/live",
  "/markets/",
  "/markets/EURUSD",
  "/structure/EURUSD",
  "/trends/EURUSD",
  "/alerts",
  "/trades/alpha",
  "/pulse/alpha",
  "/risk/alpha",
  "/studies/volatility/EURUSD",
  "/studies/sessions/EURUSD",
  "/data",
  "/sql"
];
const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const folder = mkdtempSync(join(tmpdir(), "tapebook-export-"));

beforeAll(async () => {
  built = await sharedWholeSite();
  site = await openSite(built.dist, {base: wholeBase});
}, 300_000);
afterAll(async () => {
  await site?.close();
  rmSync(folder, {recursive: true});
});

const files = new Map<string, string>();

/** Exports a page as a person would, once for all tests that look at it. @returns the file's address */
function exported(page: string): string {
  const made = files.get(page);
  if (made !== undefined) return made;
  const out = join(folder, `${page.replace(/\W+/g, "-")}.html`);
  const {code, output} = built.workspace.run("export", [page, "--out", out]);
  expect(code, output).toBe(0);
  files.set(page, pathToFileURL(out).href);
  return files.get(page)!;
}

const sideOf = (page: Page) =>
  page.locator(".input-bar label", {has: page.locator("span", {hasText: /^Side$/})}).locator("select");
const openFile = (address: string) => openExported(site.browser, address);

async function shownAt(path: string, selector = "main"): Promise<Shown> {
  const page = await site.browser.newPage();
  await page.goto(new URL(path, site.url).href);
  await settlePage(page);
  const shown = await shownOn(page, selector);
  await page.close();
  return shown;
}

it.each(paths)(
  "a file of %s opens from disk without a network, and says what the served page says",
  async (path) => {
    const {page, faults} = await openFile(exported(path));
    expect(faults).toEqual([]);
    const part = path === "/sql" ? ".table-frame" : "main"; // its editor says that there is no database
    const isLive = path === "/live" || path === "/alerts";
    if (!isLive) expect(await shownOn(page, part)).toEqual(await shownAt(path.slice(1), part));
    expect((await shownOn(page)).text).toContain("Simulated data");
    expect(await page.locator("nav, #observablehq-sidebar").count()).toBe(0);
    await page.context().close();
  },
  60_000
);

it("keeps the inputs of a file working, the page's address included", async () => {
  const {page, faults} = await openFile(exported("/trades/alpha"));
  const before = await page.locator(".room-statistics").innerText();
  await sideOf(page).selectOption("buy");
  await expect.poll(() => page.locator(".room-statistics").innerText()).not.toBe(before);
  const tile = ".room-statistics .tile";
  expect(await shownOn(page, tile)).toEqual(await shownAt("trades/alpha?side=buy", tile));
  expect(page.url()).toContain(".html?side=buy");
  await page.locator("a.row-link").first().click();
  await page.locator("section.trip tbody tr").first().waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
}, 60_000);

it("holds the answers of a page that asks a database, and says of another question that it has none", async () => {
  const {page, faults} = await openFile(exported("/sql?query=SELECT%20count(*)%20AS%20n%20FROM%20bars"));
  await page.locator(".answer .data-table").waitFor();
  expect(await page.locator(".answer td, .answer tbody th").allTextContents()).toEqual([
    format.count((await built.bars("EURUSD")).length + (await built.bars("GBPUSD")).length)
  ]);
  expect(await page.locator(".table-frame").count()).toBeGreaterThan(2);
  expect(await page.locator(".schema-columns li").count()).toBeGreaterThan(10);
  expect(await page.locator("textarea").getAttribute("readonly")).not.toBeNull();
  expect(faults).toEqual([]);
  await page.locator(".input-bar input[type=range]").fill("40");
  await expect.poll(() => failedCells(page)).toContainEqual(expect.stringContaining("not held by this file"));
  await page.context().close();
}, 60_000);

it("draws a market's canvas in its file, on paper too", async () => {
  const {page, faults} = await openFile(exported("/markets/EURUSD"));
  expect(await inkOnPaper(page)).toBeGreaterThan(1_000);
  expect(faults).toEqual([]);
  await page.context().close();
}, 60_000);

it("opens a file in the state that its page was asked in", async () => {
  const {page} = await openFile(exported("/trades/alpha?side=sell"));
  expect(await shownOn(page)).toEqual(await shownAt("trades/alpha?side=sell"));
  await page.context().close();
}, 60_000);

it("makes text of a link to another page", async () => {
  const {page} = await openFile(exported("/markets/"));
  const address = page.url();
  await page.locator("main a").first().focus();
  await page.keyboard.press("Enter");
  expect(page.url()).toBe(address);
  await page.context().close();
}, 60_000);

it("gives the same bytes for the same site, and leaves nothing half-written", () => {
  const [a, b] = ["a.html", "b.html"].map((name) => {
    built.workspace.run("export", ["/trades/alpha", "--out", join(folder, name)]);
    return readFileSync(join(folder, name));
  });
  expect(a!.equals(b!)).toBe(true);
});

it.each([
  [["/markets/DOGE"], /no such page in dist: \/markets\/DOGE/],
  [["/", "--site", "nowhere"], /no site in nowhere: run: npm run build/],
  [["../package.json"], /invalid page: \.\.\/package\.json/],
  [[], /name one page/]
])("refuses %j in plain words", (args, message) => {
  const {code, output} = built.workspace.run("export", args);
  expect(output).toMatch(message);
  expect(code).toBe(1);
});

it("reads a page's place as it stands in an address", () => {
  expect(parsePageAddress("markets/EURUSD?bars=60&timeframe=1h")).toEqual({
    path: "/markets/EURUSD",
    query: "bars=60&timeframe=1h"
  });
  expect(parsePageAddress("/")).toEqual({path: "/", query: ""});
});

describe("on paper", () => {
  const met: string[] = []; // what pages complained of, or asked of others, while they were printed
  const printed = async (path: string): Promise<Page> => {
    const page = await site.browser.newPage({viewport: paper});
    const faults = watchPage(page, new URL(site.url).origin);
    page.on("close", () => void met.push(...faults.map((fault) => `${path}: ${fault}`)));
    await page.emulateMedia({media: "print"});
    await page.goto(new URL(path.slice(1), site.url).href);
    await settlePage(page);
    await untilPainted(page);
    faults.push(...(await failedCells(page)));
    return page;
  };

  it.each(paths)(
    "%s has no controls, nothing wider than the page, and nothing that must be cut",
    async (path) => {
      const page = await printed(path);
      await expect.poll(() => page.evaluate(paperFaults, paper)).toEqual([]);
      const height = await page.evaluate(() => document.querySelector("main")?.scrollHeight ?? 0);
      const pdf = await page.pdf({format: "A4", printBackground: true, preferCSSPageSize: false});
      expect(pagesOf(pdf).length).toBeGreaterThanOrEqual(Math.ceil(height / paper.height));
      await page.close();
    },
    30_000
  );

  it.each(["/trades/alpha", "/markets/EURUSD", "/studies/volatility/EURUSD", "/sql"])(
    "%s is printed whole, asking nobody else, and of two loads the same to the byte",
    async (path) => {
      const print = async () =>
        Buffer.from(await printPage(join(built.workspace.dir, "dist"), {path, query: ""}, findChromium()!));
      const [a, b] = [await print(), await print()];
      expect(pagesOf(a).length).toBeGreaterThan(1);
      expect(plainPdf(a) === plainPdf(b)).toBe(true);
    },
    60_000
  );

  it("states below the head what is chosen, as text", async () => {
    const trades = await printed("/trades/alpha?side=buy");
    const bar = trades.locator(".input-bar");
    const side = sideOf(trades);
    expect(await side.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text)).toBe("Long");
    expect(
      await side.evaluate((select) => [getComputedStyle(select).appearance, getComputedStyle(select).borderTopWidth])
    ).toEqual(["none", "0px"]);
    expect(await bar.evaluate((element) => getComputedStyle(element).position)).toBe("static");
    await trades.close();
  }, 30_000);

  it("met no failed cell, and asked nobody for anything", () => expect(met).toEqual([]));

  it("prints A4 pages, as many as it takes, by npm run pdf", () => {
    const out = join(folder, "trades.pdf");
    const {code, output} = built.workspace.run("pdf", ["/trades/alpha?side=buy", "--out", out]);
    expect(code, output).toBe(0);
    const text = readFileSync(out, "latin1");
    expect(text.startsWith("%PDF-") && text.trimEnd().endsWith("%%EOF")).toBe(true);
    const boxes = [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, ...size]) =>
      size.map((each) => Math.round(Number(each)))
    );
    expect(boxes.length).toBeGreaterThan(1);
    expect(new Set(boxes.map(String))).toEqual(new Set(["596,843"]));
  }, 30_000);

  it("refuses to print what is not there", () => {
    const {code, output} = built.workspace.run("pdf", ["/trades/nobody"]);
    expect(output).toContain("no such page in dist: /trades/nobody");
    expect(code).toBe(1);
  });
});
