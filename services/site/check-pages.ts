import {execFile} from "node:child_process";
import {mkdirSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {type PageModule, writePageModules} from "./page-modules.js";

const folder = ".check";

/**
 * Type-checks the code in pages, which a build does not: each page's cells are written out as one TypeScript file
 * and checked with the project's own settings.
 *
 * @returns faults as `src/page.md: message`; empty when all is well
 */
export async function checkPages(): Promise<string[]> {
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
