import {createHash} from "node:crypto";
import {existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {freshenLoaders, outputPattern} from "../../services/site/freshen.js";

const home = process.cwd();
let dir = "";
const write = (path: string, text: string) => {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
};
const cached = "src/.observablehq/cache/loaders/bars/EURUSD/1m.parquet";

/** A project with one loader that has run: its output is cached, and what it read is recorded. */
async function createProject(): Promise<void> {
  write("loaders/bars/[instrument]/1m.parquet.ts", 'import {shared} from "../../shared.js";\nconsole.log(shared);\n');
  write("loaders/shared.ts", "export const shared = 1;\n");
  write("data/snapshots/bars.parquet", "bars");
  write(cached, "output");
  const sha256 = createHash("sha256").update("bars").digest("hex");
  write(
    ".tapebook/inputs/loaders/bars/EURUSD/1m.parquet.json",
    JSON.stringify({"data/snapshots/bars.parquet": sha256})
  );
  await freshenLoaders("src");
  write(cached, "output");
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "tapebook-freshen-"));
  process.chdir(dir);
  await createProject();
});
afterEach(() => {
  vi.unstubAllEnvs();
  process.chdir(home);
  rmSync(dir, {recursive: true});
});

it("keeps an output while its code and what it read are as they were", async () => {
  expect(await freshenLoaders("src")).toEqual([]);
  expect(existsSync(cached)).toBe(true);
});

it("drops an output when a module that its loader imports changes", async () => {
  write("loaders/shared.ts", "export const shared = 2;\n");
  expect(await freshenLoaders("src")).toEqual(["loaders/bars/EURUSD/1m.parquet"]);
  expect(existsSync(cached)).toBe(false);
});

it("drops an output when a file that its loader read changes or goes", async () => {
  write("data/snapshots/bars.parquet", "more bars");
  expect(await freshenLoaders("src")).toEqual(["loaders/bars/EURUSD/1m.parquet"]);
});

it("drops every output when other settings, or another folder of snapshots, take the place of those it was made from", async () => {
  write("data/settings.yaml", "title: Own"); // beside the demo's, which are as they were
  expect(await freshenLoaders("src")).toEqual(["loaders/bars/EURUSD/1m.parquet"]);
  for (const name of ["TAPEBOOK_SETTINGS", "TAPEBOOK_DATA_DIR"]) {
    write(cached, "output");
    expect(await freshenLoaders("src")).toEqual([]);
    vi.stubEnv(name, "elsewhere");
    expect(await freshenLoaders("src")).toEqual(["loaders/bars/EURUSD/1m.parquet"]);
  }
});

it("leaves an aged output for a preview to serve until it is made anew, and ages it once", async () => {
  write("loaders/shared.ts", "export const shared = 3;\n");
  expect(await freshenLoaders("src", {isPreview: true})).toEqual(["loaders/bars/EURUSD/1m.parquet"]);
  expect(statSync(cached).mtimeMs).toBeLessThan(statSync("loaders/bars/[instrument]/1m.parquet.ts").mtimeMs);
  expect(await freshenLoaders("src", {isPreview: true})).toEqual([]);
  expect(await freshenLoaders("src")).toEqual(["loaders/bars/EURUSD/1m.parquet"]); // a build takes none that is aged
});

it("drops an output whose loader is gone, and one whose inputs nobody recorded", async () => {
  write("src/.observablehq/cache/loaders/stray.json", "{}");
  rmSync(".tapebook/inputs", {recursive: true});
  expect(await freshenLoaders("src")).toEqual(["loaders/bars/EURUSD/1m.parquet", "loaders/stray.json"]);
});

it.each([
  ["loaders/catalog.json.ts", "loaders/catalog.json", true],
  ["loaders/catalog.json.ts", "loaders/other.json", false],
  ["loaders/bars/[instrument]/[timeframe].parquet.ts", "loaders/bars/M-M/1d.parquet", true],
  ["loaders/bars/[instrument]/[timeframe].parquet.ts", "loaders/bars/1d.parquet", false]
])("outputPattern(%s) tells whether it made %s", (loader, output, is) => {
  expect(outputPattern(loader).test(output)).toBe(is);
});
