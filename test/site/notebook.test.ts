import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {median} from "../../services/analytics/statistics/quantile.js";
import {failedCells, settlePage, watchPage} from "../../services/site/check-site.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";
import {createSmallSite} from "../support/small-site.js";
import type {Workspace} from "../support/workspace.js";

/** The template of a page, what the guide shows of it, and where it says to save it. */
function guidedPage(): {path: string; text: string; shown: string} {
  const [, section = ""] = readFileSync("docs/guide.md", "utf8").split(/^## Add a page$/m);
  const [, path = ""] = /save it as\s+`(src\/[^`]+\.md)`/.exec(section) ?? [];
  const [, shown = ""] = /^````md\n([\s\S]*?)^````$/m.exec(section) ?? [];
  return {path, shown, text: readFileSync("docs/page-template.md", "utf8")};
}

const {path, text, shown} = guidedPage();
let workspace: Workspace;
let site: OpenedSite;
let browser: Browser;

beforeAll(async () => {
  const pages = {"src/index.md": "---\ntitle: Today\n---\n\n# Today\n", [path]: text};
  workspace = await createSmallSite({instruments: {"MT5:EURUSD": "Euro"}, accounts: [], pages, days: 40});
  const {code, output} = workspace.run("build");
  expect(code, output).toBe(0);
  site = await openSite(join(workspace.dir, "dist"));
  ({browser} = site);
}, 120_000);
afterAll(async () => {
  await site?.close();
  workspace?.remove();
});

it("is the page that the guide shows", () => {
  expect(text).toBe(shown);
});

it("is an input, a query and a panel in ten lines of code", () => {
  const blocks = [...text.matchAll(/^```(?:ts|sql)[^\n]*\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code.trim());
  const inline = text.split("\n").filter((line) => line.startsWith("${"));
  expect(blocks.join("\n").split("\n").length + inline.length).toBeLessThanOrEqual(10);
  expect(text).toMatch(/view\(inputBar/);
  expect(text).toMatch(/```sql/);
});

it("enters the menu, states what its rows come to, and follows its input", async () => {
  const page = await browser.newPage();
  const faults = watchPage(page, new URL(site.url).origin);
  await page.goto(site.url);
  const entry = page.locator("#observablehq-sidebar a", {hasText: "Range of a day"});
  expect(await entry.locator("xpath=ancestor::section/summary").textContent()).toBe("Studies");
  await entry.click();
  await settlePage(page);
  const title = page.locator(".chart-frame h3");
  await title.waitFor({timeout: 30_000});
  const bars = await dailyRanges();
  const expected = (n: number) => `${median(bars.slice(-n)).toFixed(2)}\u202f%`;
  await expect.poll(() => title.textContent()).toContain(`further than ${expected(60)} (95`);
  expect(await title.textContent()).toContain(`n\u202f=\u202f${Math.min(60, bars.length)})`);
  await page.locator("input[type=range]").fill("20");
  await expect.poll(() => title.textContent(), {timeout: 10_000}).toContain(`further than ${expected(20)} (95`);
  expect(new URL(page.url()).search).toBe("?sessions=20");
  expect(await page.locator("main").textContent()).toContain("Simulated data");
  expect([...faults, ...(await failedCells(page))]).toEqual([]);
  await page.close();
}, 60_000);

it("is type-checked as it lies there", () => {
  workspace.write(path, text.replace("inputs.sessions", "inputs.session"));
  const {code, output} = workspace.run("build", ["--no-verify"]);
  expect(output).toContain(`${path}, cell`);
  expect(output).toContain("Property 'session' does not exist");
  expect(code).toBe(1);
}, 60_000);

/** Ranges of the sessions that the snapshot holds, in per cent of the close, oldest first. */
async function dailyRanges(): Promise<number[]> {
  const {buffer} = new Uint8Array(readFileSync(join(workspace.dir, "data/snapshots/bars/MT5-EURUSD/1m.parquet")));
  const {length, time, high, low, close} = await readBars(buffer);
  const days = new Map<number, {high: number; low: number; close: number}>();
  for (let i = 0; i < length; ++i) {
    const day = Math.floor(time[i]! / 86_400_000);
    const held = days.get(day) ?? {high: -Infinity, low: Infinity, close: NaN};
    days.set(day, {high: Math.max(held.high, high[i]!), low: Math.min(held.low, low[i]!), close: close[i]!});
  }
  return [...days.values()].map(({high, low, close}) => (100 * (high - low)) / close);
}
