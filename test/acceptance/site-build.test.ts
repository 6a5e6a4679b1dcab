import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {createWorkspace, type Workspace} from "../support/workspace.js";

const isVerify = Boolean(process.env["TAPEBOOK_VERIFY"]); // each build takes seconds: a short run does with three
const settings = `
title: Build
sources: {files: {kind: csv, folder: ./files, files: "{symbol}.csv", zone: UTC, header: false, columns: [time, open, high, low, close, volume]}}
instruments:
  - {id: X:AAA, name: A, source: files, assetClass: crypto, currency: USD, tickSize: 0.01, calendar: crypto, timeframes: {1m: all}}
  - {id: X:BBB, name: B, source: files, assetClass: crypto, currency: USD, tickSize: 0.01, calendar: crypto, timeframes: {1m: all}}
`;
const page = (name: string) => `# ${name}

\`\`\`ts
import {readBars} from "./services/snapshots/read-bars.js";
const bars = await FileAttachment("./loaders/bars/${name}/1m.parquet").arrayBuffer().then(readBars);
display(bars.length);
\`\`\`
`;
const index = `# Catalogue

\`\`\`ts
import type {Catalog} from "./services/domain/dataset.js";
const catalog = await FileAttachment("./loaders/catalog.json").json<Catalog>();
display(catalog.datasets.length);
\`\`\`
`;
const pages = {
  "src/index.md": index,
  "src/a.md": page("AAA"),
  "src/b.md": page("BBB"),
  "data/settings.yaml": settings
};
const outputs = ["catalog.json", "bars/AAA/1m.parquet", "bars/BBB/1m.parquet"] as const;
let workspace: Workspace;

const at = (...path: string[]) => join(workspace.dir, ...path);
const rows = (from: number, to: number) =>
  Array.from({length: to - from}, (_, i) => {
    const minute = from + i;
    const time = new Date(Date.UTC(2024, 0, 2, 0, minute)).toISOString().slice(0, 19).replace("T", " ");
    return `${time},100,101,99,${100 + (minute % 7) / 10},${minute}\n`;
  }).join("");

function build(out = "dist"): {code: number; output: string} {
  return workspace.run("build", ["--no-verify", "--out", out]);
}

function tree(folder: string): Record<string, string> {
  const files = readdirSync(at(folder), {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  const hash = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
  return Object.fromEntries(paths.map((path) => [path.slice(at(folder).length), hash(path)]));
}

/** When each loader ran last, by what it recorded as it did. */
const ran = () =>
  Object.fromEntries(outputs.map((name) => [name, statSync(at(".tapebook/inputs/loaders", `${name}.json`)).mtimeMs]));
const whichRan = (before: ReturnType<typeof ran>) =>
  Object.entries(ran()).flatMap(([name, time]) => (time === before[name] ? [] : [name]));

beforeAll(() => {
  workspace = createWorkspace(pages);
  for (const name of ["AAA", "BBB"]) workspace.write(`data/files/${name}.csv`, rows(0, 600));
  const pulled = workspace.run("snapshot");
  expect(pulled.output).toContain("2 data sets: 2 new");
  const {code, output} = build();
  expect(output).toContain("built     dist");
  expect(code).toBe(0);
}, 120_000);
afterAll(() => workspace.remove());

describe("a build of the same snapshots", () => {
  it("is the same to the byte, from what is kept and from nothing", () => {
    if (isVerify) expect(build("warm").code).toBe(0);
    for (const folder of ["src/.observablehq", ".tapebook"]) rmSync(at(folder), {recursive: true});
    expect(build("cold").code).toBe(0);
    const first = tree("dist");
    expect(Object.keys(first).length).toBeGreaterThan(10);
    if (isVerify) expect(tree("warm")).toEqual(first);
    expect(tree("cold")).toEqual(first);
  }, 120_000);
});

describe("a loader runs", () => {
  it.skipIf(!isVerify)(
    "not when nothing moved",
    () => {
      const before = ran();
      expect(build().code).toBe(0);
      expect(whichRan(before)).toEqual([]);
    },
    60_000
  );

  it.skipIf(!isVerify)(
    "when its snapshot moved, and the other's does not; the page has the new rows",
    () => {
      const before = ran();
      writeFileSync(at("data/files/AAA.csv"), rows(0, 700));
      expect(workspace.run("snapshot").output).toMatch(/bars\/X-AAA\/1m +700 rows {2}\+100/);
      expect(build().code).toBe(0);
      expect(whichRan(before)).toEqual(["catalog.json", "bars/AAA/1m.parquet"]);
    },
    60_000
  );

  it.skipIf(!isVerify)(
    "when a module it imports moved, and only those that import it",
    () => {
      const before = ran();
      const path = "loaders/shared/load-catalog.ts";
      workspace.write(path, `${readFileSync(path, "utf8")}\n// moved\n`);
      expect(build().code).toBe(0);
      expect(whichRan(before)).toEqual(["catalog.json"]);
    },
    60_000
  );
});

describe("a build whose data set is broken", () => {
  const file = "data/snapshots/bars/X-BBB/1m.parquet";
  const harms = [
    ["has one byte changed", () => corrupt(at(file)), /SNAPSHOT_DAMAGED: .*bars\/X-BBB\/1m/],
    ["is gone", () => rmSync(at(file)), /SNAPSHOT_(MISSING|DAMAGED): .*bars\/X-BBB\/1m/]
  ] as const;
  it.each(isVerify ? harms : harms.slice(0, 1))(
    "that %s: names page, loader and data set, and leaves the old site",
    (_, harm, words) => {
      const [good, stood] = [readFileSync(at(file)), tree("dist")];
      harm();
      const {code, output} = build();
      expect(code).toBe(1);
      expect(output).toMatch(words);
      expect(output).toContain("loaders/bars/[instrument]/[timeframe].parquet.ts");
      expect(output).toMatch(/^src\/b\.md, cell 1: loaders\/bars\/BBB\/1m\.parquet: loaders\/bars\/\[instrument\]/m);
      expect(output).not.toMatch(/^src\/(a|index)\.md/m);
      expect(output).not.toMatch(/\n\s+at .*node:/);
      expect(tree("dist")).toEqual(stood);
      expect(existsSync(at("dist.previous"))).toBe(false);
      writeFileSync(at(file), good);
      expect(build().code).toBe(0);
    },
    60_000
  );
});

function corrupt(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
}
