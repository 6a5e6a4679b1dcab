import {spawn} from "node:child_process";
import {once} from "node:events";
import {join} from "node:path";
import {createInterface} from "node:readline";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {toBars} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {failedCells, watchPage} from "../../services/site/check-site.js";
import {findChromium} from "../../services/site/chromium.js";
import {liveSettings, type SidecarProcess, startLiveVenues} from "../sidecar/live-venues.js";
import {onlyPages} from "../support/only-pages.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";
import {createWorkspace, type Workspace} from "../support/workspace.js";

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 18, 6, 29, 20);

/** The published Live page, against a sidecar and simulated venues that are processes and sockets of their own. */
describe.skipIf(findChromium() === undefined)("the Live page", () => {
  let venues: Awaited<ReturnType<typeof startLiveVenues>>;
  let workspace: Workspace;
  let sidecar: SidecarProcess;
  let site: OpenedSite;
  let browser: Browser;
  let page: Page;
  let faults: string[];
  let killedTime = 0;

  /** Runs a command of the workspace while this process goes on to serve the venues. */
  async function run(command: string, ...args: string[]): Promise<void> {
    const child = spawn(process.execPath, ["services/site/tapebook.js", command, ...args], {
      cwd: workspace.dir,
      env: {...process.env, ...venues.env},
      stdio: ["ignore", "pipe", "pipe"]
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    const [code] = await once(child, "close");
    expect(code, output).toBe(0);
  }

  const text = async (selector: string) => (await page.locator(selector).first().textContent()) ?? "";

  /** Another page of the same reader, told of the same sidecar; what goes wrong on it counts as well. */
  async function open(path: string, base = site.url): Promise<Page> {
    const other = await page.context().newPage();
    const seen = watchPage(other, new URL(base).origin);
    other.on("close", () => void faults.push(...seen));
    const joint = path.endsWith("&") || path.endsWith("?") ? "" : "?";
    await other.goto(new URL(`${path}${joint}sidecar=${encodeURIComponent(sidecar.url)}`, base).href);
    return other;
  }

  /** What the tape shows, oldest first: venue time, bid, ask. */
  async function shownTicks(of: Page): Promise<number[][]> {
    const rows = await of.$$eval(".tape tbody tr", (all) =>
      all.map((row) => [
        Date.parse(row.querySelector("time")!.dateTime),
        ...[...row.querySelectorAll("data")].slice(0, 2).map((figure) => Number(figure.value))
      ])
    );
    return rows.toReversed();
  }

  function sentTicks(from: number, to: number): number[][] {
    const ticks = venues.tape.of("MT5:EURUSD").ticks(from, to + 1);
    return ticks.map(({time, bid, ask}) => [time, bid, ask]);
  }

  /** The newest final minutes of the tape. */
  function lastBars(id: InstrumentId, count: number): number[][] {
    const end = Math.floor((venues.now() - 5_000) / MINUTE) * MINUTE;
    const bars = toBars(venues.tape.of(id).minuteBars(end - count * MINUTE, end, venues.now()));
    return bars.map(({time, open, high, low, close, volume}) => [time, open, high, low, close, volume]);
  }

  function tableRows(of: Page): Promise<number[][]> {
    return of.$$eval(".chart-body tbody tr", (all) =>
      all.map((row) => [
        Date.parse(row.querySelector("time")!.dateTime),
        ...[...row.querySelectorAll("td")]
          .slice(0, 5)
          .map((cell) => Number(cell.textContent.replaceAll(/[^0-9.]/g, "")))
      ])
    );
  }

  /** How a Live page's table of an instrument, made anew, differs from the tape in its latest 55 minutes. */
  async function tableDifference(of: Page, id: InstrumentId) {
    for (const other of ["NSE:INFY", "MT5:EURUSD", id])
      await of.locator(".input-bar select").first().selectOption(other);
    await of.getByRole("button", {name: "Table"}).first().click();
    const shown = new Map((await tableRows(of)).map(([time, ...rest]) => [time, rest]));
    const expected = lastBars(id, 55);
    return {
      missing: expected.filter(([time]) => !shown.has(time)),
      different: expected.filter(([time, ...rest]) => shown.has(time) && String(shown.get(time)) !== String(rest))
    };
  }

  beforeAll(async () => {
    venues = await startLiveVenues(START);
    workspace = createWorkspace(onlyPages("live.md", "alerts.md", "markets/[instrument].md", "trends/[instrument].md"));
    workspace.write("data/settings.yaml", liveSettings);
    await run("snapshot");
    await run("build", "--no-verify");
    sidecar = await venues.startSidecar();
    site = await openSite(join(workspace.dir, "dist"));
    ({browser} = site);
    page = await (await browser.newContext()).newPage();
    faults = watchPage(page, new URL(site.url).origin);
    await page.goto(new URL(`live?sidecar=${encodeURIComponent(sidecar.url)}`, site.url).href);
  }, 240_000);

  afterAll(async () => {
    await site?.close();
    await venues?.stop();
    workspace?.remove();
  });

  it("shows each tick that the venue sent: its time to the millisecond, bid and ask", async () => {
    await expect.poll(() => page.locator(".tape tbody tr").count(), {timeout: 30_000}).toBeGreaterThan(3);
    const shown = await shownTicks(page);
    expect(shown).toEqual(sentTicks(shown[0]![0]!, shown.at(-1)![0]!));
  }, 60_000);

  it("says that it is live, and that its link chose the sidecar", async () => {
    await expect.poll(() => text(".page-head"), {timeout: 20_000}).toMatch(/● Live[\s\S]*2 live/);
    expect(await text(".status-strip")).toContain("named by this page's link, not by the site");
  }, 30_000);

  it("holds still while it is paused, says so, and catches up with every tick", async () => {
    const newest = () => page.locator(".tape tbody time").first().getAttribute("datetime");
    await page.keyboard.press("p");
    await expect.poll(() => text(".page-head")).toMatch(/2 paused/);
    const held = await newest();
    await expect.poll(() => text(".transport-words"), {timeout: 20_000}).toMatch(/[1-9]\d* events? waits?/);
    expect(await newest()).toBe(held);
    await page.keyboard.press("p");
    await expect.poll(newest, {timeout: 20_000}).not.toBe(held);
    const shown = await shownTicks(page);
    expect(shown).toEqual(sentTicks(shown[0]![0]!, shown.at(-1)![0]!));
  }, 60_000);

  it("tells of an alert that a link brought once it was accepted, once, with the tick it fired on", async () => {
    const alerts = await open(`alerts?rule=price+MT5:EURUSD+above+0.5&rule=nonsense&`);
    await expect
      .poll(() => alerts.locator(".link-faults, [role=alert]").first().textContent())
      .toContain("rule 2: unknown kind of rule: nonsense");
    expect(await alerts.locator(".alert-rules").count()).toBe(0);
    await alerts.getByRole("button", {name: "Add it"}).click();
    const evidence = alerts.getByRole("region", {name: "Fired alerts"}).locator("tbody tr");
    await expect.poll(() => evidence.count(), {timeout: 20_000}).toBe(1);
    expect(await evidence.first().textContent()).toMatch(/MT5:EURUSD at or above 0\.50000 USD.*level 0\.50000/);
    await expect.poll(() => page.getByRole("region", {name: "Fired alerts"}).locator("tbody tr").count()).toBe(1); // the other page knows
    await alerts.close();
  }, 60_000);

  it("says that it is offline when the sidecar dies, and comes back by itself", async () => {
    killedTime = venues.now();
    sidecar.child.kill("SIGKILL");
    await expect.poll(() => text(".watchlist"), {timeout: 20_000}).toContain("Offline");
    await expect.poll(() => text(".live-foot")).toContain("No sidecar: showing bars to");
    sidecar = await venues.startSidecar(Number(new URL(sidecar.url).port));
    await expect.poll(() => text(".page-head"), {timeout: 40_000}).toContain("● Live");
  }, 90_000);

  it("carries the chart of Markets and the starts of Trends on to the tape's latest bar", async () => {
    const market = await open("markets/EURUSD?timeframe=1m&");
    await market.getByRole("button", {name: "Table"}).first().click();
    await expect
      .poll(() => tableRows(market), {timeout: 30_000})
      .toEqual(expect.arrayContaining(lastBars("MT5:EURUSD", 5)));
    const subtitle = () => market.locator(".chart-frame header p").first().textContent();
    await expect.poll(subtitle, {timeout: 20_000}).toContain("right of the dashed line live bars");
    await market.close();
    const trends = await open("trends/EURUSD?timeframe=1m&");
    await expect
      .poll(() => trends.locator(".page-head").textContent(), {timeout: 20_000})
      .toContain("are the sidecar's");
    await trends.close();
  }, 90_000);

  it("fetches no live code and opens no line on a market page that no sidecar is named for", async () => {
    const silent = await page.context().newPage();
    const seen = watchPage(silent, new URL(site.url).origin);
    silent.on("websocket", (socket) => void seen.push(`line to ${socket.url()}`));
    await silent.goto(new URL("markets/EURUSD?timeframe=1m", site.url).href, {waitUntil: "networkidle"});
    const scripts = await silent.evaluate(() => performance.getEntriesByType("resource").map(({name}) => name));
    const code = await Promise.all(scripts.map(async (name) => (await fetch(name)).text()));
    expect(code.filter((text) => text.includes("not a message of the sidecar"))).toEqual([]);
    expect(seen).toEqual([]);
    await silent.close();
  }, 30_000);

  it("shows the same in a preview", async () => {
    const preview = spawn(process.execPath, ["services/site/tapebook.js", "dev", "--port", "0"], {
      cwd: workspace.dir,
      env: {...process.env, ...venues.env},
      stdio: ["ignore", "pipe", "inherit"]
    });
    try {
      const [line] = await once(createInterface(preview.stdout), "line");
      const address = /http:\/\/\S+/.exec(String(line))![0];
      const previewed = await open("live?", address);
      await expect
        .poll(() => previewed.locator(".page-head").textContent(), {timeout: 40_000})
        .toMatch(/● Live[\s\S]*2 live/);
      await expect
        .poll(() => tableDifference(previewed, "MT5:EURUSD"), {timeout: 75_000, interval: 2_000})
        .toEqual({missing: [], different: []});
      await previewed.close();
    } finally {
      preview.kill("SIGINT");
      await once(preview, "exit");
    }
  }, 120_000);

  it.each(["NSE:INFY", "MT5:EURUSD"] as const)(
    "shows the tape's own bars of %s after all that, the minutes that the sidecar missed as well",
    async (id) => {
      const killedEnd = Math.ceil(killedTime / MINUTE) * MINUTE + 5_000; // a long run waits for the minute of the kill
      const isDue = () => !process.env["TAPEBOOK_VERIFY"] || venues.now() > killedEnd;
      await expect.poll(isDue, {timeout: 70_000, interval: 1_000}).toBe(true);
      await expect
        .poll(() => tableDifference(page, id), {timeout: 75_000, interval: 2_000})
        .toEqual({missing: [], different: []});
    },
    160_000
  );

  it("met no error on the way", async () => {
    expect(faults).toEqual([]);
    expect(await failedCells(page)).toEqual([]);
  });
});
