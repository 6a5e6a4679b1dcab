import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {settlePage, watchPage} from "../../services/site/check-site.js";
import {hasShared, readShared, readSharedRows, sharedPath} from "../shared-data.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";
import {publishedText} from "../support/published-text.js";
import {realSettings} from "../support/real-settings.js";
import {createWorkspace, type Workspace} from "../support/workspace.js";

interface Expected {
  readonly [report: string]: Readonly<Record<string, number | readonly number[]>>;
}

const canary = "canary-81f2c6";

/** The published site of real data, opened in Chromium; every figure is read off a page. */
describe.skipIf(!hasShared("mt5/EURUSD_M1_2018-06.tsv"))("the published site of real data", () => {
  let workspace: Workspace;
  let site: OpenedSite;
  let browser: Browser;
  const faults: string[] = [];

  const open = async (path: string): Promise<Page> => {
    const page = await browser.newPage();
    faults.push(...watchPage(page, new URL(site.url).origin));
    await page.goto(new URL(path, site.url).href);
    await settlePage(page);
    return page;
  };

  beforeAll(async () => {
    workspace = createWorkspace();
    workspace.write("data/settings.yaml", realSettings(sharedPath("")));
    const snapshot = workspace.run("snapshot");
    expect(snapshot.code, snapshot.output).toBe(0);
    const build = workspace.run("build", [], {
      MT5_BRIDGE_TOKEN: canary,
      DATABASE_URL: `postgres://owner:${canary}@db/x`
    });
    expect(build.code, build.output).toBe(0);
    site = await openSite(join(workspace.dir, "dist"));
    ({browser} = site);
  }, 300_000);

  afterAll(async () => {
    await site?.close();
    workspace?.remove();
  });

  it("shows all 30,203 bars of the terminal's export and their tick volume", async () => {
    const page = await open("markets/EURUSD");
    const facts = await readFacts(page);
    expect(facts["Bars read"]).toBe(30_203);
    expect(facts["Volume, all bars read"]).toBe(2_339_635);
    await page.close();
  });

  it("shows a session of 375 minutes, and names its pre-open and close rows", async () => {
    const page = await open("markets/NIFTY50");
    const text = await page.locator("main").textContent();
    expect(text).toMatch(/375 of 375/);
    await openSources(page);
    const facts = page.locator("dl.facts"); // what the source lines open into is made then
    await expect
      .poll(async () => (await facts.allTextContents()).join("\n"), {timeout: 10_000})
      .toMatch(/1 before the open, 1 after the close/);
    await page.close();
  });

  it.each([
    ["tester", "tester-usdjpy-h1.html"],
    ["history", "demo-account-history.html"]
  ])("shows every figure that the report of %s prints", async (account, report) => {
    const stated = (JSON.parse(readShared("mt5/reports/expected.json")) as Expected)[report]!;
    const page = await open(`trades/${account}`);
    const shown = await readRows(page, "MetaTrader statistics");
    for (const [name, label, decimals] of reportFigures) {
      const value = stated[name];
      if (value === undefined) continue;
      const [main, second] = Array.isArray(value) ? (value as number[]) : [value as number];
      expect(round(shown[label]?.value, decimals), `${account}: ${label}`).toBe(main);
      if (second !== undefined)
        expect(shown[label]?.text.replaceAll("−", "-"), `${account}: ${label}`).toContain(plain(second));
    }
    await page.close();
  });

  it.each([
    ["4h", "GBPUSDh4.csv"],
    ["1d", "GBPUSDd1.csv"]
  ])("shows hours resampled to %s as the reference has them", async (timeframe, file) => {
    const page = await open(`markets/GBPUSD?timeframe=${timeframe}`);
    const [, last] = Object.values(await readRows(page, `Last ${timeframe} bars`)); // latest first, and it is cut
    const reference = readSharedRows(`resample/${file}`).slice(1).at(-2)!;
    expect(last?.cells.slice(1, 5)).toEqual(reference.slice(1, 5).map((cell) => Number(cell) / 100_000));
    await page.close();
  });

  it("shows the 1,363 minutes that a day of ticks makes", async () => {
    const page = await open("markets/EURTICKS?timeframe=1m");
    expect((await readFacts(page))["Bars read"]).toBe(1_363);
    const minute = readSharedRows("ticks/eurusd_20140501_minute.csv").at(-1)!;
    const [last] = Object.values(await readRows(page, "Last 1m bars")); // latest first
    expect(last?.cells.slice(1, 5)).toEqual(minute.slice(1, 5).map(Number));
    await page.close();
  });

  it("shows the reference results of every indicator at the last bar", async () => {
    const page = await open("markets/SPY?indicators=sma20,ema20,rsi14,atr14,bollinger");
    const shown = await readRows(page, "Indicators at the last bar");
    for (const [label, file, field] of indicatorFiles) {
      const last = (JSON.parse(readShared(`indicators/${file}.standard.json`)) as Record<string, number>[]).at(-1)!;
      expect(Math.abs((shown[label]?.value ?? NaN) - last[field]!), label).toBeLessThan(1e-9);
    }
    await page.close();
  });

  it("has no fault on any page it opened", () => {
    expect(faults).toEqual([]);
  });

  it("carries no login, server, broker or name of the accounts' owners, in text or in Parquet", async () => {
    const published = await publishedText(join(workspace.dir, "dist"));
    expect(published).toContain("Total net profit");
    const secrets = ["3873474", "MetaQuotes-Demo", "MetaQuotes Software", "MetaTrader 5 Demo", "MaximumRisk", canary];
    expect(secrets.filter((secret) => published.includes(secret))).toEqual([]);
  });
});

const reportFigures: readonly (readonly [name: string, label: string, decimals: number])[] = [
  ["net", "Total net profit", 2],
  ["grossProfit", "Gross profit", 2],
  ["grossLoss", "Gross loss", 2],
  ["profitFactor", "Profit factor", 2],
  ["expectedPayoff", "Expected payoff", 2],
  ["sharpe", "Sharpe ratio", 2],
  ["zScore", "Z-score", 2],
  ["ahpr", "AHPR", 4],
  ["ghpr", "GHPR", 4],
  ["balanceDrawdownMaximal", "Balance drawdown maximal", 2],
  ["equityDrawdownMaximal", "Equity drawdown maximal", 2],
  ["trades", "Total trades", 0],
  ["wins", "Profit trades", 0],
  ["losses", "Loss trades", 0],
  ["short", "Short trades", 0],
  ["long", "Long trades", 0],
  ["maxConsecutiveWins", "Maximum consecutive wins", 0],
  ["maxConsecutiveLosses", "Maximum consecutive losses", 0]
];

const indicatorFiles: readonly (readonly [label: string, file: string, field: string])[] = [
  ["SMA 20", "sma", "sma"],
  ["EMA 20", "ema", "ema"],
  ["RSI 14", "rsi", "rsi"],
  ["ATR 14", "atr", "atr"],
  ["Bollinger upper", "bb", "upperBand"],
  ["Bollinger lower", "bb", "lowerBand"]
];

interface ShownRow {
  readonly value: number | undefined;
  readonly text: string;
  readonly cells: readonly (number | string)[];
}

/** The rows of a table on a page by their first cell, with the numbers behind the figures. */
async function readRows(page: Page, caption: string): Promise<Record<string, ShownRow>> {
  const rows = await page.locator(`[role=region][aria-label="${caption}"] tbody tr`).evaluateAll((elements) =>
    elements.map((row) =>
      [...row.children].map((cell) => ({
        text: cell.textContent?.trim() ?? "",
        data: cell.querySelector("data")?.value
      }))
    )
  );
  return Object.fromEntries(
    rows.map((cells) => {
      const raw = cells.map(({data, text}) => (data === undefined ? text : Number(data)));
      const value = raw.slice(1).find((cell) => typeof cell === "number");
      return [
        cells[0]!.text,
        {value: value as number | undefined, text: cells.map(({text}) => text).join(" "), cells: raw}
      ];
    })
  );
}

/** The numbers under "Why this number?" by their labels. */
/** Opens every source line: from the last on, since one that opens is no longer among those that are closed. */
async function openSources(page: Page): Promise<void> {
  for (const summary of (await page.locator("details.why:not([open]) > summary").all()).reverse())
    await summary.click();
}

async function readFacts(page: Page): Promise<Record<string, number>> {
  await openSources(page);
  await page.locator("dl.facts dt").first().waitFor(); // made when they are opened
  const facts = await page
    .locator("dl.facts dt")
    .evaluateAll((terms) =>
      terms.map((term) => [term.textContent ?? "", term.nextElementSibling?.querySelector("data")?.value] as const)
    );
  return Object.fromEntries(
    facts.filter(([, value]) => value !== undefined).map(([label, value]) => [label, Number(value)])
  );
}

function round(value: number | undefined, decimals: number): number {
  return Number((value ?? NaN).toFixed(decimals));
}

/** A second figure of a pair as a page prints it: a share, or an amount. */
function plain(value: number): string {
  return value.toFixed(2).replace("-", "-");
}
