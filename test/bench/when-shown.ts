import {readFileSync, writeFileSync} from "node:fs";
import type {Page} from "playwright-core";

const mark = "tapebook-bench: shown after";
const changes = "{subtree: true, childList: true, characterData: true, attributes: true}";

/**
 * Has a page of a built site say itself when something is shown, so that nothing of the browser's driver runs in it.
 *
 * @param file the page, changed in place
 * @param isShown an expression of the page's own, asked whenever something in it changes
 */
export function markWhenShown(file: string, isShown: string): void {
  const say = `requestAnimationFrame(() => setTimeout(() => console.log("${mark} " + performance.now())))`;
  const look = `new MutationObserver((_, observer) => { if (${isShown}) { observer.disconnect(); ${say}; } })`;
  const watch = `${look}.observe(document, ${changes});`;
  writeFileSync(file, readFileSync(file, "utf8").replace(/(?=<title>|<p )/, `<script>{${watch}}</script>`));
}

/** Milliseconds from a navigation's start to what its page was marked for, the frame with it drawn. */
export async function shownMs(page: Page, url: string): Promise<number> {
  const said = page.waitForEvent("console", {predicate: (message) => message.text().startsWith(mark), timeout: 60_000});
  await page.goto(url, {waitUntil: "commit"});
  return Number((await said).text().slice(mark.length));
}
