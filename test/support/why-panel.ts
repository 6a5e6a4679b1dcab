import {readFileSync} from "node:fs";
import type {Locator, Page} from "playwright-core";
import {type FileRow, readRows} from "./file-rows.js";

/** What a reader gets when asking a figure why. */
export interface WhyPanel {
  readonly figure: string;
  /** As the page shows it; `undefined` where there is none. */
  readonly value: number | undefined;
  /** The panel's words. */
  readonly text: string;
  /** All rows of the panel's file. */
  readonly rows: readonly FileRow[];
}

/** Asks a tile's figure by keyboard, takes what its panel holds, and closes it again. */
export async function askTile(page: Page, tile: Locator): Promise<WhyPanel> {
  const figure = (await tile.getAttribute("data-figure"))!;
  const value = await numberIn(tile.locator(".value data"));
  const button = tile.locator(".why-ask");
  await button.focus();
  await page.keyboard.press("Enter");
  const {text, rows} = await readPanel(page, page.locator("dialog.why-panel[open]"));
  await page.keyboard.press("Escape");
  await page.locator("dialog.why-panel").waitFor({state: "detached"});
  if (!(await button.evaluate((element) => element === document.activeElement)))
    throw new Error(`${figure}: the focus does not return`);
  return {figure, value, text, rows};
}

/** Opens a source line, and takes what it holds. */
export async function askLine(page: Page, line: Locator): Promise<WhyPanel> {
  await line.locator("summary").click();
  const panel = await readPanel(page, line);
  const value = await numberIn(line.locator(".why-body > .facts").first().locator("dd").first().locator("data"));
  return {figure: (await line.getAttribute("data-figure"))!, value, ...panel};
}

async function readPanel(page: Page, panel: Locator): Promise<{text: string; rows: FileRow[]}> {
  const body = panel.locator(".why-body");
  await body.waitFor({timeout: 15_000});
  const text = await panel.innerText();
  const download = body.getByRole("button", {name: "Download CSV"});
  if ((await download.count()) === 0) return {text, rows: []};
  const [file] = await Promise.all([page.waitForEvent("download"), download.click()]);
  return {text, rows: readRows(readFileSync((await file.path())!, "utf8"))};
}

async function numberIn(data: Locator): Promise<number | undefined> {
  return (await data.count()) === 0 ? undefined : Number(await data.getAttribute("value"));
}
