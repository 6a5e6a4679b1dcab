import {execFile} from "node:child_process";
import {existsSync, mkdirSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {type PageModule, writePageModules} from "./page-modules.js";
import {pagesVersion} from "./source-version.js";

const folder = ".check";
const kept = join("node_modules", ".cache", "tapebook");

/**
 * Type-checks the code in pages, which a build does not: each page's cells are written out as one TypeScript file
 * and checked with the project's own settings. Pages that were found right, and all they import, are not looked at
 * again until something of it changes.
 *
 * @returns faults as `src/page.md: message`; empty when all is well
 */
export async function checkPages(): Promise<string[]> {
  const passed = join(kept, `pages-${pagesVersion()}`);
  const isOwn = process.env["TAPEBOOK_AUDIENCE"] === undefined; // an audience has pages of its own
  if (isOwn && existsSync(passed)) return [];
  const faults = await findFaults();
  if (isOwn && faults.length === 0) remember(passed);
  return faults;
}

/** A folder that cannot be written remembers nothing. */
function remember(file: string): void {
  try {
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, "");
  } catch {}
}

async function findFaults(): Promise<string[]> {
  const pages = await writePageModules(folder);
  rmSync(folder, {recursive: true, force: true});
  for (const page of pages) {
    mkdirSync(dirname(page.path), {recursive: true});
    writeFileSync(page.path, page.code);
  }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = ["node_modules/typescript/bin/tsc", "-p", folder, "--pretty", "false"];
  const output = await outputOf(tsc);
  const messages = output === "" ? [] : output.split(/\n(?=\S)/);
  const unparsed = pages.flatMap(({source, faults}) => faults.map((fault) => `${source}: ${fault}`));
  return [...unparsed, ...messages.map((message) => namePlace(message, pages))];
}

/** What tsc says; nothing when all is well. */
function outputOf(tsc: readonly string[]): Promise<string> {
  const options = {maxBuffer: 64 * 1024 * 1024};
  return new Promise((resolve) => {
    execFile(process.execPath, tsc, options, (error, stdout, stderr) => {
      resolve(stdout.trim() || (error === null ? "" : stderr.trim() || error.message));
    });
  });
}

const config = {
  extends: "../tsconfig.json",
  compilerOptions: {
    rootDirs: [".", "../src"],
    noEmit: true,
    exactOptionalPropertyTypes: false,
    noUncheckedIndexedAccess: false,
    checkJs: false,
    allowJs: false
  },
  include: ["./**/*.ts", "../components/npm.d.ts"],
  exclude: []
};

/** `.check/index.ts(27,7): error …` as `src/index.md, cell 2, "the line": error …`. */
function namePlace(message: string, pages: readonly PageModule[]): string {
  const [, path, row, rest] = /^([^(]+)\((\d+),\d+\): ([\s\S]*)$/.exec(message) ?? [];
  const page = pages.find((each) => each.path.replaceAll("\\", "/") === path?.replaceAll("\\", "/"));
  if (page === undefined) return message;
  const lines = page.code.split("\n").slice(0, Number(row));
  const cell = lines.flatMap((line) => /^async function cell(\d+)/.exec(line)?.[1] ?? []).at(-1);
  return `${page.source}, ${cell === undefined ? "imports" : `cell ${Number(cell) + 1}`}, "${lines.at(-1)?.trim()}": ${rest}`;
}
