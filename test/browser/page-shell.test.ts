import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {keyboardFaults} from "../support/accessibility.js";
import {type OpenedSite, openSite} from "../support/opened-site.js";
import {phone} from "../support/phone-faults.js";
import {sharedWholeSite, wholeBase} from "../support/whole-site.js";

/** What stands around every page of a published site. */
describe("around a page", () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite((await sharedWholeSite()).dist, {base: wholeBase});
  }, 300_000);
  afterAll(() => site?.close());

  it("the menu is walked through by keys, at 390 px too, where it opens by a key and closes by Escape", async () => {
    const {page, close} = await site.open("data", {viewport: {width: 1_440, height: 900}});
    for (let stop = 0; stop < 2; ++stop) await page.keyboard.press("Tab"); // past the skip link to the menu's switch
    expect(await keyboardFaults(page, "#observablehq-sidebar")).toEqual([]);
    const narrow = await site.open("data", phone);
    for (let stop = 0; stop < 2; ++stop) await narrow.page.keyboard.press("Tab");
    await narrow.page.keyboard.press("Space");
    const menu = narrow.page.locator("#observablehq-sidebar");
    await menu.waitFor({state: "visible"});
    await narrow.page.keyboard.press("Escape");
    await menu.waitFor({state: "hidden"});
    expect([...(await close()), ...(await narrow.close())]).toEqual([]);
  }, 60_000);

  it("previous and next lead on in the order of the menu, and the foot says which build it is", async () => {
    const {page, close} = await site.open("trades/alpha", {viewport: {width: 1_440, height: 900}});
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
    expect(await close()).toEqual([]);
  }, 60_000);

  it("says that it can be enlarged and speaks English", async () => {
    const {page, close} = await site.open("data");
    expect(await page.locator("meta[name=viewport]").getAttribute("content")).toBe(
      "width=device-width, initial-scale=1"
    );
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await close()).toEqual([]);
  }, 60_000);
});
