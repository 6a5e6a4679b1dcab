import {existsSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path/posix";
import {globSync} from "tinyglobby";
import {parseSync} from "vite";
import {libraries} from "../../services/site/libraries.js";

/** Who may import whom: the house, as a table. A room may always import itself. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  src: ["components", "services/analytics", "services/snapshots", "services/domain"],
  components: ["services/analytics", "services/snapshots", "services/domain"],
  loaders: ["services/sources", "services/snapshots", "services/analytics", "services/domain"],
  "services/sidecar": ["services/sources", "services/snapshots", "services/analytics", "services/domain"],
  "services/demo": ["services/analytics", "services/domain"],
  "services/sources": ["services/domain"],
  "services/snapshots": ["services/domain"],
  "services/analytics": ["services/domain"],
  "services/domain": [],
  "services/site": []
};

/** Doors between rooms that the table leaves to a word: the simulated venues encode what the sources decode. */
const doors: readonly {from: RegExp; to: RegExp}[] = [
  {from: /^services\/demo\//, to: /^services\/sources\/kite\/packets-encode\.ts$/},
  {from: /^services\/demo\//, to: /^services\/sources\/postgres\/(schema|migrate|insert-bars)\.ts$/},
  {from: /^services\/site\//, to: /^observablehq\.config\.ts$/}
];

/** Rooms that run in a browser, and may use neither Node nor clock nor network. */
export const pureRooms = ["services/domain", "services/analytics"] as const;
export const browserRooms = ["src", "components", ...pureRooms] as const;

/** Every source file of the project that belongs in a room: code, and pages. */
export function sourceFiles(): string[] {
  const code = globSync(["{components,loaders,services,data}/**/*.{ts,js,tsx,jsx}", "src/**/*.{ts,js}"], {
    ignore: mounts
  });
  return [...code, ...globSync("src/**/*.md", {ignore: mounts})].sort();
}

const mounts = ["src/{components,data,loaders,services}/**", "src/.observablehq/**", "**/node_modules/**"];

/** The room a file is in, or `undefined`. */
export function roomOf(file: string): string | undefined {
  return Object.keys(mayImport).find((room) => file.startsWith(`${room}/`));
}

/** What a file imports, types too; a page's from its code blocks. */
export function importsOf(file: string, text = readFileSync(file, "utf8")): string[] {
  if (!file.endsWith(".md")) return specifiersIn(file, text);
  return codeBlocks(text).flatMap((code) => specifiersIn("page.ts", code));
}

/** What a file needs before it runs: neither types nor what it loads later. */
export function neededBy(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const blocks = file.endsWith(".md") ? codeBlocks(text) : [text];
  return blocks.flatMap((code) => {
    const {staticImports, staticExports} = parseSync("page.ts", code).module;
    const values = staticImports.filter(({entries}) => entries.length === 0 || entries.some(({isType}) => !isType));
    const exported = staticExports.flatMap(({entries}) =>
      entries.flatMap(({moduleRequest, isType}) => (isType ? [] : (moduleRequest?.value ?? [])))
    );
    return [...values.map(({moduleRequest}) => moduleRequest.value), ...exported];
  });
}

function codeBlocks(text: string): string[] {
  return [...text.matchAll(/^```(?:js|ts)\b[^\n]*\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code);
}

function specifiersIn(name: string, text: string): string[] {
  const {module, errors} = parseSync(name, text);
  if (errors.length > 0 && module.staticImports.length === 0) return [];
  const exported = module.staticExports.flatMap(({entries}) =>
    entries.flatMap(({moduleRequest}) => moduleRequest?.value ?? [])
  );
  const dynamic = module.dynamicImports.map(({moduleRequest}) => text.slice(moduleRequest.start, moduleRequest.end));
  const literal = dynamic.filter((each) => /^["'`][^$]*["'`]$/.test(each)).map((each) => each.slice(1, -1));
  return [...module.staticImports.map(({moduleRequest}) => moduleRequest.value), ...exported, ...literal];
}

/** The file that a relative specifier means, through the mounts inside `src`. */
export function targetOf(file: string, specifier: string): string {
  const path = join(dirname(file), specifier).replace(/^src\/(?=components\/|data\/|loaders\/|services\/)/, "");
  const source = path.replace(/\.js$/, ".ts");
  return existsSync(path) || !existsSync(source) ? path : source;
}

/** Why a file may not import a specifier, or `undefined` where it may. */
export function importFault(file: string, specifier: string): string | undefined {
  const room = roomOf(file);
  if (room === undefined) return "the file is in no room";
  const isBrowser = (browserRooms as readonly string[]).includes(room);
  if (/^(jsr|https?):/.test(specifier)) return "code from the network";
  if (specifier.startsWith("node:")) return isBrowser ? "a browser has no node: modules" : undefined;
  if (specifier.startsWith("npm:"))
    return isBrowser && isPinned(specifier.slice(4)) ? undefined : "not pinned by the lock file";
  if (!specifier.startsWith("."))
    return (pureRooms as readonly string[]).includes(room) ? "a pure room has no packages" : undefined;
  if (!/\.(js|css)$/.test(specifier)) return "a relative specifier ends in .js";
  return roomFault(file, room, specifier);
}

function roomFault(file: string, room: string, specifier: string): string | undefined {
  if (room === "src" && !join(dirname(file), specifier).startsWith("src/")) return "a page sees nothing above src";
  const target = targetOf(file, specifier);
  if (!existsSync(target)) return `no such file: ${target}`;
  if (doors.some(({from, to}) => from.test(file) && to.test(target))) return undefined;
  const other = roomOf(target);
  if (other === room || (other !== undefined && mayImport[room]!.includes(other))) return undefined;
  return `${room} may not import ${other ?? target}`;
}

function isPinned(specifier: string): boolean {
  const [, name] = /^((?:@[^/]+\/)?[^@/]+)/.exec(specifier) ?? [];
  return (
    name === "@observablehq/stdlib" ||
    name === "@observablehq/inputs" ||
    libraries.some((library) => library.name === name)
  );
}
