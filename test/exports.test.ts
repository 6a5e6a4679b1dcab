import {readFileSync} from "node:fs";
import {globSync} from "tinyglobby";
import {parseSync} from "vite";
import {expect, it} from "vitest";
import {sourceFiles, targetOf} from "./support/rooms.js";

/** What no page and no service uses, each with why it stands. */
const doors: readonly {readonly name: RegExp; readonly why: string}[] = [
  {name: /^components\/notebook\.ts openNotebook$/, why: "the first line of a reader's own page, as the guide has it"},
  {name: /^services\/analytics\/indicators\/\S+ create\w+$/, why: "an indicator a value at a time, for what is live"},
  {
    name: /^services\/analytics\/performance\/sharpe\.ts deflatedSharpe$/,
    why: "for whoever tries several strategies on one history"
  },
  {name: /^services\/domain\/calendar\.ts sessionMinutes$/, why: "a session's length, by which calendars are proven"},
  {name: /^services\/sources\/kite\/packet-columns\.ts \w+$/, why: "ticks straight into columns, for a recorder"},
  {
    name: /^services\/sources\/kite\/parse-portfolio\.ts parse(Orders|Profile)$/,
    why: "the rest of the venue's portfolio replies"
  },
  {
    name: /^services\/sources\/postgres\/copy-bars\.ts copyBars$/,
    why: "a history loaded at once, for an ingester's first run"
  },
  {
    name: /^services\/sources\/postgres\/(payloads|read-bars|signals)\.ts \w+$/,
    why: "the database's other side, for what reads beside us"
  }
];

/** What only its own file uses and still is exported: each is a definition of its own in `docs/definitions.md`. */
const defined = /^services\/analytics\/volatility\/estimators\.ts \w+Volatility$/;
const isDoor = (name: string) => doors.some((door) => door.name.test(name));

const tests = globSync("test/**/*.ts", {ignore: ["test/output/**"]});
const sources = [...sourceFiles().filter((file) => !file.endsWith(".d.ts")), "observablehq.config.ts"];

it("exports nothing that no other file imports", () => {
  const used = namesImported([...sources, ...tests]);
  expect(exported().filter((name) => !used.has(name) && !isDoor(name) && !defined.test(name))).toEqual([]);
});

it("keeps no code that only tests run, but for doors with a reason", () => {
  const used = namesImported(sources);
  const idle = exported().filter((name) => !used.has(name) && !isUsedAtHome(name));
  expect(idle.filter((name) => !isDoor(name))).toEqual([]);
  expect(doors.filter(({name}) => !idle.some((each) => name.test(each)))).toEqual([]);
});

/** All values that services, components and loaders export, as `file name`; a type speaks for what bears it. */
function exported(): string[] {
  const code = sources.filter((file) => /^(services|components|loaders)\/.*\.ts$/.test(file));
  return code.flatMap((file) => {
    const names = readFileSync(file, "utf8").matchAll(/^export (?:async )?(?:function\*?|class|const) (\w+)/gm);
    return [...names].map(([, name]) => `${file} ${name}`);
  });
}

function isUsedAtHome(export_: string): boolean {
  const [file, name] = export_.split(" ") as [string, string];
  return [...readFileSync(file, "utf8").matchAll(new RegExp(`\\b${name}\\b`, "g"))].length > 1;
}

/** What is imported from project files, as `file name`; a dynamic import takes all that its file's text names. */
function namesImported(files: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    for (const code of file.endsWith(".md") ? blocksOf(text) : [text]) {
      const {module} = parseSync("code.ts", code);
      const entries = [
        ...module.staticImports.flatMap(({moduleRequest, entries}) =>
          entries.map(({importName}) => ({from: moduleRequest.value, name: importName.name}))
        ),
        ...module.staticExports.flatMap(({entries}) =>
          entries.map(({moduleRequest, importName}) => ({from: moduleRequest?.value, name: importName.name}))
        )
      ];
      for (const {from, name} of entries)
        if (from?.startsWith(".") && name) found.add(`${targetOf(file, from)} ${name}`);
      for (const [, from] of code.matchAll(/import\(\s*["'`]([^"'`]+)["'`]\s*\)/g)) {
        if (!from!.startsWith(".")) continue;
        for (const [name] of code.matchAll(/\b\w+\b/g)) found.add(`${targetOf(file, from!)} ${name}`);
      }
    }
  }
  return found;
}

function blocksOf(page: string): string[] {
  return [...page.matchAll(/^```(?:js|ts)\b[^\n]*\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code);
}
