import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {basename, dirname, join, relative, resolve} from "node:path";
import {build, type Plugin} from "esbuild";
import {globSync} from "tinyglobby";
import {bundleOptions} from "./bundle-options.js";
import {databaseModule, databaseWorker, headStart} from "./head-start.js";
import {leaveOut} from "./leave-out.js";
import {packagesIn} from "./licences.js";
import {namesUsed} from "./names-used.js";
import {preloadLinks} from "./preload-links.js";

/** What packing a site came to. */
export interface PackedSite {
  readonly pages: number;
  /** Bundles written: pages that use the same modules share one. */
  readonly bundles: number;
  /** Module files that nothing refers to any more, and were removed. */
  readonly removed: number;
  /** Installed packages that code was taken from, by folder, sorted. */
  readonly packages: readonly string[];
}

/** What a site's bundles have in common. */
interface Packing {
  readonly dir: string;
  /** The site's own modules that are loaded later, by path: where each was written. */
  readonly apart: Map<string, Promise<string>>;
  readonly packages: Set<string>;
}

/** A page's module as a cell imports it: how it is written there, and where it is. */
interface PageImport {
  readonly specifier: string;
  readonly path: string;
}

const cellImport = /import\("([^"]*\/_import\/[^"]*\.js|\.\/_import\/[^"]*\.js)"\)/g;
const folder = join("_import", "pages");

/**
 * Packs a built site: the many small modules of each page become one file, with what it uses of them and of the
 * libraries and no more, so that a page comes in a handful of requests. What a module loads later, by a dynamic
 * import or as a worker, stays apart; where it is the site's own it becomes one file too, with all that it uses. Names
 * hold a hash of the content; the same site packs to the same bytes.
 *
 * @param dir a site as Framework built it; changed in place
 * @throws {Error} if a module cannot be bundled
 */
export async function packPages(dir: string): Promise<PackedSite> {
  const pages = globSync("**/*.html", {cwd: dir}).sort();
  const bundles = new Map<string, Promise<string>>();
  const packing: Packing = {dir, apart: new Map(), packages: new Set()};
  for (const page of pages) {
    const file = join(dir, page);
    const html = readFileSync(file, "utf8");
    const imports = importsOf(html, dirname(file));
    if (imports.length === 0) continue;
    const paths = [...new Set(imports.map(({path}) => path))].sort();
    const used = new Map([...namesUsed(html)].map(([specifier, names]) => [resolve(dirname(file), specifier), names]));
    const code = paths.map((path, i) => exportUsed(path, i, used.get(path))).join("\n");
    const bundle = bundles.get(code) ?? bundleCode(code, packing);
    bundles.set(code, bundle);
    const written = rewrite({html, file}, imports, paths, reference(dirname(file), await bundle));
    writeFileSync(file, await withHeadStart(written, dirname(file), await bundle, packing));
  }
  const written = new Set(await Promise.all(bundles.values()));
  return {
    pages: pages.length,
    bundles: written.size,
    removed: removeUnused(dir),
    packages: [...packing.packages].sort()
  };
}

function importsOf(html: string, from: string): PageImport[] {
  return [...html.matchAll(cellImport)].map(([, specifier = ""]) => ({specifier, path: resolve(from, specifier)}));
}

/** Code that exports as `m0`, `m1` … what is used of a module; all of it where that is not known. */
function exportUsed(path: string, i: number, names: readonly string[] | undefined): string {
  const from = JSON.stringify(path);
  if (names === undefined) return `export * as m${i} from ${from};`;
  const own = names.map((name) => `${name} as m${i}_${name}`).join(", ");
  return `import {${own}} from ${from}; export const m${i} = {${names.map((name) => `${name}: m${i}_${name}`).join(", ")}};`;
}

/** Code and what it uses as one file. @returns where it was written */
async function bundleCode(code: string, packing: Packing): Promise<string> {
  const {dir, apart, packages} = packing;
  const later = (path: string) => {
    const written = apart.get(path) ?? bundleCode(`export * from ${JSON.stringify(path)};`, packing);
    apart.set(path, written);
    return written;
  };
  const isOwn = (path: string) => path.startsWith(resolve(dir, "_import")) && path.endsWith(".js");
  const place = async (path: string) =>
    reference(resolve(dir, folder), isOwn(path) ? resolve(await later(path)) : path);
  const {outputFiles, metafile} = await build({
    stdin: {contents: code, resolveDir: dir},
    ...bundleOptions,
    write: false,
    metafile: true,
    logLevel: "silent",
    plugins: [keepApart(place), leaveOut]
  });
  for (const folder of packagesIn(metafile)) packages.add(folder);
  const {contents} = outputFiles[0]!;
  const name = `${createHash("sha256").update(contents).digest("hex").slice(0, 8)}.js`;
  mkdirSync(join(dir, folder), {recursive: true});
  writeFileSync(join(dir, folder, name), contents);
  return join(dir, folder, name);
}

/**
 * Framework's own modules, of which a page must hold one copy, and what is loaded later keep their files. A library is
 * taken from node_modules, where it still says what of it can be left out; the one in the site says so no more.
 *
 * @param place where a module that stays apart is, as named from the bundle
 */
function keepApart(place: (path: string) => Promise<string>): Plugin {
  return {
    name: "keep-apart",
    setup({onResolve, onLoad, resolve: resolveName}) {
      onResolve({filter: /^\./}, async ({path, kind, resolveDir}) => {
        const isApart = kind === "dynamic-import" || path.includes("/_observablehq/");
        if (isApart) return {path: await place(resolve(resolveDir, path)), external: true};
        const name = /\/_(?:npm|node)\/((?:@[^/]+\/)?[^/@]+)@[^/]+\/[^/]+\.js$/.exec(path)?.[1];
        const isInstalled = name !== undefined && existsSync(join("node_modules", name, "package.json"));
        return isInstalled ? resolveName(name, {kind, resolveDir: process.cwd()}) : undefined;
      });
      onLoad({filter: /[/\\]_(import|npm|node)[/\\].*\.js$/}, async ({path}) => ({
        contents: await placeResolved(path, place),
        loader: "js"
      }));
    }
  };
}

/** A module's text, what it resolves by address named as from the bundle. */
async function placeResolved(path: string, place: (path: string) => Promise<string>): Promise<string> {
  const text = readFileSync(path, "utf8");
  const pattern = /import\.meta\.resolve\("(\.[^"]*)"\)/g;
  const places = new Map<string, string>();
  for (const [, specifier = ""] of text.matchAll(pattern))
    places.set(specifier, await place(resolve(dirname(path), specifier)));
  return text.replace(
    pattern,
    (_, specifier: string) => `import.meta.resolve(${JSON.stringify(places.get(specifier))})`
  );
}

function rewrite(
  {html, file}: {readonly html: string; readonly file: string},
  imports: readonly PageImport[],
  paths: readonly string[],
  bundle: string
): string {
  const places = new Map(imports.map(({specifier, path}) => [specifier, paths.indexOf(path)]));
  const code = html
    .replace(/\n<link rel="modulepreload" href="[^"]*">/g, "")
    .replace(
      cellImport,
      (_, specifier: string) => `import("${bundle}").then((bundle) => bundle.m${places.get(specifier)})`
    );
  const links = preloadLinks(code, file, bundle);
  return code.replace('\n<script type="module">', `\n${links}\n<script type="module">`);
}

/** A page, and in its head what starts its database's worker; what a page without one is. */
async function withHeadStart(html: string, from: string, bundle: string, {apart}: Packing): Promise<string> {
  const worker = await apart.get(databaseWorker(apart.keys()) ?? "");
  const module = databaseModule(readFileSync(bundle, "utf8"));
  if (worker === undefined || module === undefined) return html;
  const script = headStart(html, reference(from, worker), reference(from, resolve(dirname(bundle), module)));
  return html.replace("<title>", () => `${script}<title>`);
}

/** Removes modules that no page and no other module names; names hold hashes, so that a name is a reference. */
function removeUnused(dir: string): number {
  const named = new Map(
    globSync("**/*.{html,js,css}", {cwd: dir}).map((file) => [file, moduleNames(readFileSync(join(dir, file), "utf8"))])
  );
  for (let removed = 0; ; ) {
    const isNamed = (file: string) => [...named].some(([other, names]) => other !== file && names.has(basename(file)));
    const unused = [...named.keys()].filter((file) => isModule(file) && !isNamed(file));
    if (unused.length === 0) return removed;
    for (const file of unused) {
      rmSync(join(dir, file));
      named.delete(file);
    }
    removed += unused.length;
  }
}

function isModule(file: string): boolean {
  return /^_(import|npm|node)\/.*\.js$/.test(file.replaceAll("\\", "/"));
}

/** The file names in a text that a module may have. */
function moduleNames(text: string): Set<string> {
  return new Set(text.match(/[^\s/\\"'`()<>=,;?]+/g)?.filter((name) => name.endsWith(".js")));
}

function reference(from: string, path: string): string {
  const specifier = relative(from, path).replaceAll("\\", "/");
  return specifier.startsWith(".") ? specifier : `./${specifier}`;
}
