import type {Page} from "playwright-core";
import {expect} from "vitest";
import {axeFaults, contrastFaults} from "./accessibility.js";
import {layoutFaults} from "./layout-faults.js";

/** A window as a phone has it. */
export const phone = {viewport: {width: 390, height: 900}, reducedMotion: "reduce"} as const;

/** Expects a page on a phone to be drawn without a fault, for eyes and ears, in both themes, without DuckDB. */
export async function expectFitsPhone(page: Page): Promise<void> {
  const laidOut = () => expect.poll(() => layoutFaults(page), {timeout: 5_000}).toEqual([]);
  await laidOut();
  expect(await axeFaults(page)).toEqual([]);
  await page.emulateMedia({colorScheme: "dark", reducedMotion: "reduce"});
  await laidOut();
  expect(await contrastFaults(page)).toEqual([]);
  if (!new URL(page.url()).pathname.endsWith("/sql")) expect(await queryEngineFiles(page)).toEqual([]);
}

/** What a page has fetched of the engine for SQL, which only the page that asks it questions may need. */
function queryEngineFiles(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({name}) => name)
      .filter((name) => /duckdb|apache-arrow|\.wasm(\?|$)/.test(name))
  );
}
