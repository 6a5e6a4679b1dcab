import {readFileSync} from "node:fs";
import {basename} from "node:path/posix";
import {globSync} from "tinyglobby";
import {expect, it} from "vitest";
import {pureRooms, sourceFiles} from "./support/rooms.js";

const longestFile = 250;
const code = sourceFiles().filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
const tests = globSync("test/**/*.ts", {ignore: ["test/output/**"]});
const read = (file: string) => readFileSync(file, "utf8");

it(`keeps every file under ${longestFile} lines`, () => {
  const long = [...code, ...tests]
    .map((file) => [file, read(file).split("\n").length] as const)
    .filter(([, lines]) => lines > longestFile + 1);
  expect(long).toEqual([]);
});

it("names files in kebab-case", () => {
  const isKebab = (file: string) => /^[a-z0-9[\]-]+(\.[a-z0-9]+)*\.(ts|js)$/.test(basename(file));
  expect([...code, ...tests].filter((file) => !isKebab(file))).toEqual([]);
});

it("documents every export of services, components and loaders", () => {
  const faults = code
    .filter((file) => /^(services|components|loaders)\//.test(file))
    .flatMap((file) => undocumented(read(file)).map((name) => `${file}: ${name}`));
  expect(faults).toEqual([]);
});

it("reads neither clock nor chance nor network in a pure room", () => {
  const isPure = (file: string) => pureRooms.some((room) => file.startsWith(`${room}/`));
  const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|\bfetch\(|\bperformance\.now\(|new WebSocket\(/;
  expect(code.filter((file) => isPure(file) && impure.test(read(file)))).toEqual([]);
});

it("words errors without 'got'", () => {
  expect([...code].filter((file) => /Error\([^)]*,\s*got\b/.test(read(file)))).toEqual([]);
});

/** Exports without a comment above, types as well as what runs. */
function undocumented(text: string): string[] {
  const exported = /^export (?:default )?(?:async )?(?:function\*?|class|const|interface|type) (\w+)/;
  const lines = text.split("\n");
  return lines.flatMap((line, i) => {
    const [, name] = exported.exec(line) ?? [];
    if (name === undefined) return [];
    const isDocumented = /\*\/\s*$/.test(lines[i - 1] ?? "") || /^export (async )?function/.test(lines[i - 1] ?? "");
    return isDocumented ? [] : [name];
  });
}
