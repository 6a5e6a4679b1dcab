import {existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";
import {vendorLibraries} from "../../services/site/vendor.js";

const cacheOf = (root: string) => join(root, ".observablehq/cache");
const libraryOf = (root: string, name: string) =>
  readdirSync(join(cacheOf(root), "_npm")).find((folder) => folder.startsWith(`${name}@`));

it("fills the cache once, however many do it at once, and leaves nothing beside it", async () => {
  const root = mkdtempSync(join(tmpdir(), "vendor-"));
  const old = join(cacheOf(root), "_npm/d3@0.0.1");
  mkdirSync(old, {recursive: true});
  writeFileSync(join(old, "_esm.js"), "");
  writeFileSync(join(cacheOf(root), "vendored.sha256"), "of other versions");
  const done = await Promise.all([vendorLibraries(root), vendorLibraries(root), vendorLibraries(root)]);
  expect(done.sort()).toEqual([false, false, true]);
  expect(existsSync(join(cacheOf(root), "_npm", libraryOf(root, "d3")!, "_esm.js"))).toBe(true);
  expect(libraryOf(root, "d3")).not.toBe("d3@0.0.1");
  expect(readdirSync(cacheOf(root)).sort()).toEqual(["_npm", "vendored.sha256"]);
  expect(await vendorLibraries(root)).toBe(false);
}, 60_000);
