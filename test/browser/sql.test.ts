import {readFileSync} from "node:fs";
import {join} from "node:path";
import {csvParseRows} from "d3-dsv";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {failedCells, settlePage, watchPage} from "../../services/site/check-site.js";
import {findChromium} from "../../services/site/chromium.js";
import {onlyPages} from "../support/only-pages.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";
import {barsCsv, settings} from "../support/two-instruments.js";
import {createWorkspace, type Workspace} from "../support/workspace.js";

const days = 60;
const endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range * b.range % 7 = 3";

/** The published SQL page over real files, worked by an analyst. */
describe.skipIf(findChromium() === undefined)("the SQL page", () => {
  let workspace: Workspace;
  let site: OpenedSite;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  const said = async () => (await page.locator(".query-said").textContent()) ?? "";
  const answer = () => page.locator(".answer");
  const run = async (text: string) => {
    await page.getByLabel("Query, in DuckDB's SQL").fill(text);
    await page.keyboard.press("Control+Enter");
  };
  const ran = async (text: string) => {
    await run(text);
    await expect.poll(said, {timeout: 20_000}).toMatch(/rows?, |failed/);
  };
  const open = async (search = "") => {
    await page.goto(new URL(`sql${search}`, site.url).href);
    await settlePage(page);
  };

  beforeAll(async () => {
    workspace = createWorkspace(onlyPages("sql.md"));
    workspace.write("data/settings.yaml", settings);
    workspace.write("data/one/bars.csv", barsCsv(days, 100));
    workspace.write("data/two/bars.csv", barsCsv(days / 2, 500));
    for (const [command, args] of [
      ["snapshot", []],
      ["build", ["--no-verify"]]
    ] as const) {
      const {code, output} = workspace.run(command, args);
      expect(code, output).toBe(0);
    }
    site = await openSite(join(workspace.dir, "dist"));
    ({browser} = site);
    page = await browser.newPage();
    faults = watchPage(page, new URL(site.url).origin);
    await open();
  }, 240_000);

  afterAll(async () => {
    await site?.close();
    workspace?.remove();
  });

  it("loads DuckDB on this page only", async () => {
    const fetched = async (path: string) => {
      const other = await browser.newPage();
      const urls: string[] = [];
      other.on("request", (request) => urls.push(request.url()));
      await other.goto(new URL(path, site.url).href);
      await settlePage(other);
      await other.close();
      return urls.filter((url) => /duckdb.*\.wasm/.test(url)).length;
    };
    expect([await fetched("live"), await fetched("sql")]).toEqual([0, 1]);
  });

  it("lists tables with rows, columns, types and units, and inserts a name that is chosen", async () => {
    const schema = page.getByLabel("Tables and columns");
    expect((await schema.locator("summary").allTextContents()).map((text) => text.trim())).toEqual([
      `daily ${days * 1.5} rows`,
      `bars ${days * 1.5} rows`,
      "coarser 0 rows",
      "ticks 0 rows",
      "deals 0 rows",
      "positions 0 rows"
    ]);
    expect(await schema.locator("li", {hasText: "close"}).first().innerText()).toMatch(/close\s+DOUBLE\s+price/);
    await page.getByLabel("Query, in DuckDB's SQL").fill("SELECT max() FROM daily");
    await page.evaluate(() => document.querySelector("textarea")!.setSelectionRange(11, 11));
    await page.getByRole("button", {name: "Insert close"}).first().click();
    expect(await page.getByLabel("Query, in DuckDB's SQL").inputValue()).toBe("SELECT max(close) FROM daily");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => answer().locator("tbody").textContent()).toBe(String(500 + days / 2 - 1));
  });

  it("runs a cell with the values of its inputs, and again when they change", async () => {
    const sessions = page.getByLabel("Sessions", {exact: true}).last().locator("tbody tr");
    await expect.poll(() => page.getByText(`${days} rows`, {exact: false}).count()).toBeGreaterThan(0);
    expect(await sessions.first().locator("td").nth(1).textContent()).toBe(String(100 + days - 1)); // the latest close
    await page.locator(".input-bar select").selectOption("X:TWO");
    await expect.poll(() => sessions.first().locator("td").nth(1).textContent()).toBe(String(500 + days / 2 - 1));
    expect(new URL(page.url()).searchParams.get("instrument")).toBe("X:TWO");
  });

  it("answers with a million rows, shows the first and says how many it leaves out", async () => {
    await ran("SELECT range AS i, range % 1000 / 7.0 AS y FROM range(1000000)");
    expect(await said()).toMatch(/^1\u202f000\u202f000 rows, 2 columns, in /);
    expect(await answer().locator("tbody tr").count()).toBe(200);
    expect(await answer().textContent()).toContain("999\u202f800 are not shown, and are in the file");
    await page.getByRole("button", {name: "Chart"}).click();
    await answer().locator("svg [data-mark=line] path").first().waitFor();
    expect(await answer().textContent()).toContain("n\u202f=\u202f1\u202f000\u202f000 rows");
    await page.getByRole("button", {name: "Table"}).click();
  }, 30_000);

  it("writes a CSV file that equals the whole result", async () => {
    await ran(`SELECT range AS i, range / 8 AS y, 'a "b", ' || range AS name,
      CASE WHEN range % 3 = 0 THEN NULL ELSE TIMESTAMP '2024-01-01' + to_seconds(range) END AS t FROM range(100000)`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      answer().getByRole("button", {name: "Download CSV"}).click()
    ]);
    const [head, ...rows] = csvParseRows(readFileSync((await download.path())!, "utf8"));
    expect(head).toEqual(["i", "y", "name", "t"]);
    expect(rows).toHaveLength(100_000);
    const start = Date.UTC(2024, 0, 1);
    const wrong = rows.filter(([i, y, name, t], row) => {
      const time = row % 3 === 0 ? "" : new Date(start + row * 1000).toISOString();
      return Number(i) !== row || Number(y) !== row / 8 || name !== `a "b", ${row}` || t !== time;
    });
    expect(wrong).toEqual([]);
  }, 30_000);

  it("explains a query that fails in DuckDB's words, and leads to the place", async () => {
    await ran("SELECT instrument,\n  closes\nFROM daily");
    const alert = answer().getByRole("alert");
    expect(await alert.textContent()).toContain('Binder Error: Referenced column "closes" not found');
    await alert.getByRole("button", {name: "Go to line 2, column 3"}).click();
    expect(await page.evaluate(() => document.querySelector("textarea")!.selectionStart)).toBe(21);
  });

  it("reads no address but its own tables', so that a query in a link sends nothing out", async () => {
    await ran("SELECT * FROM read_csv_auto('http://127.0.0.1:9/secret.csv')");
    expect(await answer().textContent()).toContain("only this site's own tables can be read");
    expect(faults.splice(0)).toEqual([expect.stringContaining("only this site's own tables can be read")]);
  });

  it("says of a program that cannot be had what the server answered, and opens it when a query asks again", async () => {
    for (const search of ["", "?query=SELECT+7+AS+n"]) {
      const context = await browser.newContext();
      const other = await context.newPage();
      await context.route("**/*.wasm", (route) => route.fulfill({status: 404}));
      await other.goto(new URL(`sql${search}`, site.url).href);
      const status = other.locator(".database-status");
      await expect.poll(() => status.textContent(), {timeout: 20_000}).toMatch(/could not be opened: .* answers 404/);
      await context.unroute("**/*.wasm");
      await other.getByLabel("Query, in DuckDB's SQL").fill("SELECT 6 + 2 AS n");
      await other.keyboard.press("Control+Enter");
      await expect.poll(() => other.locator(".answer tbody").textContent(), {timeout: 20_000}).toBe("8");
      await context.close();
    }
  }, 60_000);

  it("cancels a query that never ends; the page stays alive meanwhile and after", async () => {
    await run(endless);
    await expect.poll(() => page.locator(".query-clock").textContent(), {timeout: 10_000}).toMatch(/^[1-9]/); // it ticks
    await page.locator(".input-bar select").selectOption("X:ONE"); // its cell waits behind the endless one
    await page.getByRole("button", {name: "Cancel"}).click();
    await expect.poll(said).toMatch(/^Cancelled after/);
    expect(await answer().textContent()).toContain("its worker was ended and a fresh one is opened");
    const sessions = page.getByLabel("Sessions", {exact: true}).last().locator("tbody tr");
    await expect
      .poll(() => sessions.first().locator("td").nth(1).textContent(), {timeout: 20_000})
      .toBe(String(100 + days - 1));
    await ran("SELECT count(*) AS n FROM daily");
    expect(await answer().locator("tbody").textContent()).toBe(String(days * 1.5));
  }, 60_000);

  it("keeps the query in the address and the history: a copied link reproduces it, and the history can be cleared", async () => {
    await ran("SELECT time, close FROM daily WHERE instrument = 'X:ONE'");
    await page.getByRole("button", {name: "Chart"}).click();
    const link = page.url();
    await open();
    await page.locator(".query-history summary").click();
    expect(await page.locator(".history-list button").first().textContent()).toContain("X:ONE");
    await page.goto(link);
    await answer().locator("svg [data-mark=line]").first().waitFor();
    expect(await answer().locator("h3").textContent()).toBe("close by time");
    await page.locator(".query-history summary").click();
    await page.getByRole("button", {name: "Clear history"}).click();
    expect(await page.evaluate(() => localStorage.getItem("tapebook.sql.history"))).toBeNull();
  }, 30_000);

  it("goes back and forward over queries and inputs with their answers, and a reload keeps them", async () => {
    await open();
    const shown = () => answer().locator("tbody").textContent();
    const text = () => page.getByLabel("Query, in DuckDB's SQL").inputValue();
    await ran("SELECT 'first' AS name");
    await page.locator(".input-bar select").selectOption("X:TWO");
    await ran("SELECT 'second' AS name");
    await page.goBack();
    await expect.poll(shown, {timeout: 10_000}).toBe("first");
    expect([await text(), await page.locator(".input-bar select").inputValue()]).toEqual([
      "SELECT 'first' AS name",
      "X:TWO"
    ]);
    await page.goBack();
    expect([await shown(), await page.locator(".input-bar select").inputValue()]).toEqual(["first", "X:ONE"]);
    await page.goForward();
    await page.goForward();
    await expect.poll(shown, {timeout: 10_000}).toBe("second");
    await page.reload();
    await expect.poll(shown, {timeout: 20_000}).toBe("second");
    expect(await text()).toBe("SELECT 'second' AS name");
  }, 60_000);

  it("names a view that a link asks for in vain", async () => {
    await open("?query=SELECT+1&view=pie");
    expect(await page.locator(".query-box .link-fault").textContent()).toContain("no such choice: pie");
  });

  it("is worked by keyboard: Tab leaves the editor for Run", async () => {
    await page.getByLabel("Query, in DuckDB's SQL").focus();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Run");
  });

  it("met no error on the way", async () => {
    expect(faults).toEqual([]);
    expect(await failedCells(page)).toEqual([]);
  });
});
