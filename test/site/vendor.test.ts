import {spawn} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, relative, resolve} from "node:path";
import {text} from "node:stream/consumers";
import {expect, it} from "vitest";
import {vendorLibraries} from "../../services/site/vendor.js";

const cacheOf = (root: string) => join(root, ".observablehq/cache");

/** A root whose cache holds the libraries of an older version. */
function outdated(): string {
  const root = mkdtempSync(join(tmpdir(), "vendor-"));
  const old = join(cacheOf(root), "_npm/d3@0.0.1");
  mkdirSync(old, {recursive: true});
  writeFileSync(join(old, "_esm.js"), "");
  writeFileSync(join(cacheOf(root), "vendored.sha256"), "of other versions");
  return root;
}

function expectWhole(root: string): void {
  const folders = readdirSync(join(cacheOf(root), "_npm"));
  const d3 = folders.filter((folder) => folder.startsWith("d3@"));
  expect(d3).not.toContain("d3@0.0.1");
  expect(existsSync(join(cacheOf(root), "_npm", d3[0]!, "_esm.js"))).toBe(true);
  expect(readdirSync(cacheOf(root)).sort()).toEqual(["_npm", "vendored.sha256"]);
}

it("fills the cache once, however many processes do it at once, and leaves nothing beside it", async () => {
  const root = outdated();
  const entry = join(root, "vendor.mts");
  const module = JSON.stringify(resolve("services/site/vendor.ts"));
  writeFileSync(
    entry,
    `import {vendorLibraries} from ${module};\nconsole.log(await vendorLibraries(${JSON.stringify(root)}));\n`
  );
  const said = await Promise.all(
    [1, 2].map(async () => {
      const child = spawn(process.execPath, ["--import", "tsx", entry], {stdio: ["ignore", "pipe", "inherit"]});
      return (await text(child.stdout)).trim();
    })
  );
  expect(said.sort()).toEqual(["false", "true"]);
  expectWhole(root);
  expect(await vendorLibraries(root)).toBe(false);
}, 60_000);

it("waits while another process puts its set in place", async () => {
  const root = outdated();
  const lock = join(cacheOf(root), "_npm.lock");
  mkdirSync(lock);
  const filled = vendorLibraries(root);
  const isFirst = await Promise.race([
    filled.then(() => false),
    new Promise((after) => setTimeout(after, 4_000, true))
  ]);
  expect(isFirst).toBe(true);
  rmdirSync(lock);
  expect(await filled).toBe(true);
  expectWhole(root);
}, 60_000);

it("bundles for what is installed once: another root is given the same set", async () => {
  const [first, second] = [outdated(), outdated()];
  await vendorLibraries(first);
  const stamp = readFileSync(join(cacheOf(first), "vendored.sha256"), "utf8");
  const kept = join("node_modules/.cache/tapebook", `libraries-${stamp}`);
  const mark = join(kept, readdirSync(kept).find((name) => name.startsWith("d3@"))!, "kept.txt");
  writeFileSync(mark, "");
  try {
    await vendorLibraries(second);
  } finally {
    rmSync(mark);
  }
  expectWhole(second);
  expect(existsSync(join(cacheOf(second), "_npm", relative(kept, mark)))).toBe(true);
}, 60_000);
