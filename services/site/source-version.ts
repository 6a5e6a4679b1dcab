import {createHash, type Hash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {globSync} from "tinyglobby";
import {mountedRooms} from "./mount.js";

const sources = [
  "src/**/*.md",
  "{components,loaders,services}/**/*.{ts,js,css}",
  "data/reference/**",
  "observablehq.config.ts",
  "package-lock.json"
];

/**
 * Hash of what a site is made from besides its snapshots: pages, code, libraries and settings. Eight digits that change
 * when any of it does, and only then.
 *
 * @param settings the settings file
 */
export function sourceVersion(settings: string, root = "."): string {
  const hash = hashOf(sources, root);
  if (existsSync(settings)) hash.update(readFileSync(settings));
  return hash.digest("hex").slice(0, 8);
}

/** Hash of what pages may import and of the compiler's rules: while it is the same, so is what the compiler says of a page. */
export function importableVersion(root = "."): string {
  const patterns = ["{components,loaders,services}/**/*.ts", "tsconfig.json", "package-lock.json"];
  return hashOf(patterns, root).digest("hex");
}

function hashOf(patterns: readonly string[], root: string): Hash {
  const ignore = ["src/.observablehq/**", ...mountedRooms.map((room) => `src/${room}/**`)];
  const files = globSync([...patterns], {cwd: root, ignore, expandDirectories: false}).sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(`${root}/${file}`));
  return hash;
}

/** Hash of snapshots by what they hold: the same data give the same eight digits. */
export function dataVersion(datasets: readonly {readonly id: string; readonly sha256: string}[]): string {
  const lines = datasets.map(({id, sha256}) => `${id} ${sha256}\n`).sort();
  return createHash("sha256").update(lines.join("")).digest("hex").slice(0, 8);
}
