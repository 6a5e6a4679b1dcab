import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Page} from "playwright-core";
import {globSync} from "tinyglobby";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {pulseTasks} from "../../components/work/pulse-tasks.js";
import {DAY_MS, formatIso} from "../../services/domain/time.js";
import {settlePage, watchPage} from "../../services/site/check-site.js";
import {tuesday} from "../snapshots/samples.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";
import {phone} from "../support/phone-faults.js";
import {recomputed} from "../support/recomputed.js";
import {sharedWholeSite, type WholeSite, wholeBase, wholeDays} from "../support/whole-site.js";
import {askLine, askTile, type WhyPanel} from "../support/why-panel.js";

const rooms = {
  "": 4,
  "markets/": 0,
  "markets/EURUSD": 6,
  "structure/EURUSD": 6,
  "trends/EURUSD?timeframe=1h": 6,
  "studies/volatility/EURUSD": 10,
  "studies/sessions/EURUSD": 7,
  data: 6,
  "trades/alpha": 24,
  "pulse/alpha": 9,
  "risk/alpha": 6
};

let built: WholeSite;
let site: OpenedSite;

beforeAll(async () => {
  built = await sharedWholeSite();
  site = await openSite(built.dist, {base: wholeBase});
}, 300_000);
afterAll(() => site?.close());

/** The panel names all that its figure stands on, and its rows give the figure again. */
function expectWhole({figure, value, text, rows}: WhyPanel): void {
  for (const part of ["Formula", "Definition", "Known at", "SHA-256", "Loader version"])
    expect(text, `${figure}: ${part}`).toContain(part);
  if (value === undefined) {
    expect(text, figure).toContain("none: ");
    return;
  }
  const found = recomputed[figure]?.(rows) ?? NaN;
  expect(Math.abs(found - value), `${figure}: ${found} for ${value}`).toBeLessThanOrEqual(
    1e-8 * Math.max(1, Math.abs(value))
  );
  expect(text, figure).toContain("which is the figure");
}

describe("why this number", () => {
  it.each(Object.entries(rooms))(
    "/%s: each headline figure opens rows that recompute to it",
    async (path, tiles) => {
      const {page, faults, close} = await site.open(path);
      const panels: WhyPanel[] = [];
      for (const tile of await page.locator(".tile").all()) panels.push(await askTile(page, tile));
      for (const line of await page.locator("details.why[data-figure]").all()) panels.push(await askLine(page, line));
      for (const panel of panels) expectWhole(panel);
      expect(faults).toEqual([]);
      expect(panels.length).toBeGreaterThan(tiles);
      expect(panels.filter(({value}) => value !== undefined).length).toBeGreaterThan(tiles * 0.8);
      await close();
    },
    120_000
  );

  it("stands beside one moment: both studies speak up to the last bar, as the structure of it does", async () => {
    const moments = [];
    for (const path of ["structure/EURUSD", "studies/volatility/EURUSD", "studies/sessions/EURUSD"]) {
      const {page, close} = await site.open(path);
      moments.push(await page.locator(".standing time").getAttribute("datetime"));
      await close();
    }
    expect(new Set(moments)).toEqual(new Set([formatIso(tuesday + wholeDays * DAY_MS)]));
  });

  it("loads nothing for it before it is asked, and fits a phone", async () => {
    const {page, close} = await site.open("trades/alpha", phone);
    const scripts = () =>
      page.evaluate(() => performance.getEntriesByType("resource").filter(({name}) => name.endsWith(".js")).length);
    const before = await scripts();
    await page.locator(".why-ask").first().click();
    await page.locator(".why-body").waitFor();
    expect(await scripts()).toBeGreaterThan(before);
    const box = (await page.locator("dialog.why-panel").boundingBox())!;
    expect([box.x, box.width]).toEqual([0, 390]);
    expect(Math.round(box.y + box.height)).toBe(900);
    await page.locator("dialog.why-panel header button").click();
    expect(await page.locator("dialog").count()).toBe(0);
    await close();
  });
});

describe("statistics in a worker", () => {
  /** The figures of the Pulse page's tiles, by name. */
  const figures = (page: Page) =>
    page.$$eval(".tile", (tiles) =>
      Object.fromEntries(
        tiles.map((tile) => [(tile as HTMLElement).dataset["figure"], Number(tile.querySelector("data")?.value ?? NaN)])
      )
    );

  it("are those computed in this process, with a worker and without", async () => {
    const file = (kind: string) => {
      const [path = ""] = globSync(`dist/_file/loaders/${kind}/alpha.*.parquet`, {cwd: built.workspace.dir});
      return new Uint8Array(readFileSync(join(built.workspace.dir, path))).buffer;
    };
    const expected = await pulseTasks.findings({
      deals: file("deals"),
      closes: file("closes"),
      zone: "Asia/Kolkata",
      windowMinutes: 15
    });
    const {page, close} = await site.open("pulse/alpha");
    expect(page.workers().length).toBe(1);
    const seen = await figures(page);
    expect(seen["disposition"]).toBe(expected.held.estimate.value);
    expect(seen["reentry"]).toBe(expected.again.estimate.value);
    expect(seen["reentry-share-1"]).toBe(expected.share.rows[0]!.estimate.value);
    await page.context().addInitScript("delete globalThis.Worker");
    await page.reload();
    await settlePage(page);
    expect(page.workers().length).toBe(0);
    expect(await figures(page)).toEqual(seen);
    await close();
  }, 60_000);

  it("and their reasons come with a page that is one file, without a network", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tapebook-why-"));
    const file = join(folder, "pulse.html");
    const {code, output} = built.workspace.run("export", ["/pulse/alpha", "--out", file]);
    expect(code, output).toBe(0);
    const page = await (await site.browser.newContext({offline: true})).newPage();
    const faults = watchPage(page, "null");
    await page.goto(pathToFileURL(file).href);
    await settlePage(page); // a file may be refused its worker: then its tasks run in turns
    expectWhole(await askTile(page, page.locator("[data-figure=disposition].tile")));
    expect(faults).toEqual([]);
    await page.close();
    rmSync(folder, {recursive: true});
  }, 60_000);

  it("follow the inputs: an answer that nobody waits for any more is dropped", async () => {
    const {page, faults, close} = await site.open("pulse/alpha");
    const window = page.getByLabel("Count as quick re-entry within");
    await window.selectOption("5");
    await window.selectOption("60");
    await window.selectOption("30");
    await page.getByText("Within 30 minutes, loss less win").waitFor();
    expect(faults).toEqual([]);
    await close();
  }, 60_000);
});
