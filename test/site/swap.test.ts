import {existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, it} from "vitest";
import {recoverSwap, swapFolder} from "../../services/site/swap.js";

let dir = "";
const site = (name: string, text: string) => {
  mkdirSync(join(dir, name), {recursive: true});
  writeFileSync(join(dir, name, "index.html"), text);
  return join(dir, name);
};
const shown = () => readFileSync(join(dir, "dist", "index.html"), "utf8");

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tapebook-swap-"));
});
afterEach(() => rmSync(dir, {recursive: true}));

it("puts the new site where the old one stood and leaves nothing beside it", () => {
  const target = site("dist", "old");
  swapFolder(site("staging", "new"), target);
  expect(shown()).toBe("new");
  expect(existsSync(`${target}.previous`)).toBe(false);
});

it("puts the old site back after a crash between the two renames", () => {
  const target = site("dist", "old");
  renameSync(target, `${target}.previous`);
  recoverSwap(target);
  expect(shown()).toBe("old");
});

it("keeps the new site after a crash before the old one was removed", () => {
  const target = site("dist", "new");
  site("dist.previous", "old");
  recoverSwap(target);
  expect(shown()).toBe("new");
  expect(existsSync(`${target}.previous`)).toBe(false);
});
