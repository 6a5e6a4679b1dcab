import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import type {Metafile} from "esbuild";
import {globSync} from "tinyglobby";

/** Framework's own client and search, which a build copies: nothing in them says what they were made of. */
const client = ["@observablehq/framework", "@observablehq/inspector", "@observablehq/runtime", "minisearch"];

/** Where a site holds the licences of what it is made of. */
export const licencesFile = "licences.txt";

/** The installed packages that a bundle took code from, by folder as `node_modules/d3`, sorted. */
export function packagesIn({inputs}: Pick<Metafile, "inputs">): string[] {
  const folders = Object.keys(inputs).flatMap(
    (path) => /(?<=^|\/)node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []
  );
  return [...new Set(folders)].sort();
}

/** A line for the head of a library's file that names the packages in it, for whoever packs the site later. */
export function packagesRemark(metafile: Pick<Metafile, "inputs">): string {
  return `/* packages: ${packagesIn(metafile).join(" ")} */\n`;
}

/**
 * Writes the licences of all packages that a site holds code of: those in its packed files, in the libraries that it
 * loads later, and in Framework's client.
 *
 * @param dir the packed site
 * @param packed folders of the packages in its packed files
 */
export function writeLicences(dir: string, packed: readonly string[]): void {
  const folders = new Set([...packed, ...client.map((name) => `node_modules/${name}`), ...packagesLeft(dir)]);
  writeFileSync(join(dir, licencesFile), licencesText([...folders].sort()));
}

/** Packages of the libraries and modules that stay files of their own. */
function packagesLeft(dir: string): string[] {
  return globSync("_{npm,node}/**/*.js", {cwd: dir}).flatMap((file) => {
    const said = /^\/\* packages: ([^*]*) \*\//.exec(readFileSync(join(dir, file), "utf8"))?.[1];
    const name = /^_(?:npm|node)\/((?:@[^/]+\/)?[^/@]+)@/.exec(file.replaceAll("\\", "/"))?.[1];
    return said?.split(" ") ?? (name === undefined ? [] : [`node_modules/${name}`]);
  });
}

/**
 * Names, versions and licences of installed packages as one text; those with the same words share them.
 *
 * @param folders of the packages, in the order of the text
 * @throws {Error} if one is not installed
 */
export function licencesText(folders: readonly string[]): string {
  const byWords = new Map<string, string[]>();
  for (const folder of folders) {
    const {name, version, license} = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
    const words = wordsOf(folder) || `Licence: ${license ?? "not stated"}`;
    byWords.set(words, [...(byWords.get(words) ?? []), `${name} ${version}`]);
  }
  const parts = [...byWords].map(([words, names]) => `${names.join("\n")}\n\n${words}\n`);
  return ["This site holds code of these packages, under these licences.\n", ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** What a package states in files of its own; empty where it states its licence by name alone. */
function wordsOf(folder: string): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)([.-].*)?$/i.test(file));
  const words = files.sort().map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  return words.join("\n\n");
}
