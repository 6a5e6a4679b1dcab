import {execFile} from "node:child_process";
import {createHash} from "node:crypto";
import {mkdirSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {keepText, keptText} from "./kept-work.js";
import {type PageModule, pageTexts, writePageModules} from "./page-modules.js";
import {importableVersion} from "./source-version.js";

const folder = ".check";
const passedFile = "pages-passed.json";

/**
 * Type-checks the code in pages, which a build does not: each page's cells are written out as one TypeScript file
 * and checked with the project's own settings. A page that was found right is not looked at again until it, or
 * anything that pages may import, changes.
 *
 * @returns faults as `src/page.md: message`; empty when all is well
 */
export async function checkPages(): Promise<string[]> {
  const version = importableVersion();
  const passed = passedBefore(version);
  const texts = await pageTexts();
  const marks = new Map([...texts].map(([file, text]) => [file, markOf(file, text)]));
  const unseen = new Map([...texts].filter(([file]) => !passed.has(marks.get(file)!)));
  if (unseen.size === 0) return [];
  const faults = await findFaults(unseen);
  if (faults.length === 0) {
    const right = new Set([...passedBefore(version), ...marks.values()]); // read again: another may have passed its own
    keepText(passedFile, JSON.stringify({version, right: [...right]}));
  }
  return faults;
}

/** What cannot be read is as if nothing had been looked at. */
function passedBefore(version: string): ReadonlySet<string> {
  try {
    const kept = JSON.parse(keptText(passedFile) ?? "{}") as {readonly version?: string; readonly right: string[]};
    return new Set(kept.version === version ? kept.right : []);
  } catch {
    return new Set();
  }
}

function markOf(file: string, text: string): string {
  return createHash("sha256").update(`${file}\0${text}`).digest("hex").slice(0, 32);
}

async function findFaults(texts: ReadonlyMap<string, string>): Promise<string[]> {
  const pages = await writePageModules(texts, folder);
  const unparsed = pages.flatMap(({source, faults}) => faults.map((fault) => `${source}: ${fault}`));
  const withCode = pages.filter(({code}) => code !== "");
  if (withCode.length === 0) return unparsed;
  rmSync(folder, {recursive: true, force: true});
  for (const page of withCode) {
    mkdirSync(dirname(page.path), {recursive: true});
    writeFileSync(page.path, page.code);
  }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = ["node_modules/typescript/bin/tsc", "-p", folder, "--pretty", "false"];
  const output = await outputOf(tsc);
  const messages = output === "" ? [] : output.split(/\n(?=\S)/);
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
