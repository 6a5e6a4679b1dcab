import {createHash, randomUUID} from "node:crypto";
import {copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join, relative, resolve} from "node:path";
import {setTimeout as delay} from "node:timers/promises";
import {build, type Plugin} from "esbuild";
import {bundleOptions} from "./bundle-options.js";
import {keepFolder, takeFolder} from "./kept-work.js";
import {duckdbMentioned, type Library, libraries, mentionedOnly} from "./libraries.js";
import {packagesRemark} from "./licences.js";

const recipe = 2; // raise it when the way of bundling changes
const require = createRequire(import.meta.url);

/** A library as it is installed, and its folder in Framework's cache. */
interface Installed extends Library {
  readonly dir: string;
  readonly folder: string;
}

/**
 * Fills Framework's cache of `npm:` libraries from node_modules, so that neither a build nor a page ever asks a CDN.
 * Framework resolves a version by the folder names it finds there, and serves `<name>@<version>/_esm.js` if it
 * exists. Costs nothing when nothing changed: the stamp is the set of libraries and what is installed. A set is bundled
 * once and kept for other roots, as those of audiences. Several processes may do it at once, as a build and the check of
 * its types do: the first to end puts its set in place.
 *
 * @returns whether a set was put in place
 * @throws {Error} if a library is not installed
 */
export async function vendorLibraries(root: string): Promise<boolean> {
  const cache = resolve(root, ".observablehq", "cache");
  const installed = libraries.map(findInstalled);
  const stamp = createHash("sha256")
    .update(JSON.stringify([recipe, installed.map(({folder}) => folder), mentionedOnly]))
    .update(installedPackages())
    .digest("hex");
  if (isStamped(cache, stamp)) return false;
  const staging = join(cache, `_npm.${randomUUID()}`);
  try {
    if (!takeFolder(`libraries-${stamp}`, staging)) {
      await bundleLibraries(installed, staging);
      keepFolder("libraries", stamp, staging);
    }
    return await putInPlace(staging, cache, stamp);
  } finally {
    rmSync(staging, {recursive: true, force: true});
  }
}

/** What npm put into node_modules, package by package, where it says so. */
function installedPackages(): string {
  const file = join("node_modules", ".package-lock.json");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

async function bundleLibraries(installed: readonly Installed[], staging: string): Promise<void> {
  for (const name of mentionedOnly) mkdirSync(join(staging, `${name}@0.0.0`), {recursive: true});
  mkdirSync(join(staging, `@duckdb/duckdb-wasm@${duckdbMentioned}`), {recursive: true});
  await Promise.all(installed.map((library) => bundleLibrary(library, staging, installed)));
}

const stampName = "vendored.sha256";

function isStamped(cache: string, stamp: string): boolean {
  const file = join(cache, stampName);
  return existsSync(file) && readFileSync(file, "utf8") === stamp;
}

/** @returns whether this set is the one that is there now, and not the same by another process */
async function putInPlace(staging: string, cache: string, stamp: string): Promise<boolean> {
  const lock = join(cache, "_npm.lock");
  await takeLock(lock);
  try {
    if (isStamped(cache, stamp)) return false;
    rmSync(join(cache, stampName), {force: true}); // a process that dies here leaves no stamp on half a set
    rmSync(join(cache, "_npm"), {recursive: true, force: true});
    renameSync(staging, join(cache, "_npm"));
    writeFileSync(join(cache, stampName), stamp);
    return true;
  } finally {
    rmSync(lock, {recursive: true, force: true});
  }
}

/** Makes a folder that one process alone can make. It is kept for milliseconds: after ten seconds its maker is dead. */
async function takeLock(lock: string): Promise<void> {
  for (let waitedMs = 50; ; waitedMs += 50) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (waitedMs % 10_000 === 0) rmSync(lock, {recursive: true, force: true});
    await delay(50);
  }
}

function findInstalled(library: Library): Installed {
  const dir = packageDir(library.name, import.meta.dirname);
  if (dir === undefined) throw new Error(`not installed: ${library.name}; run npm ci`);
  const {version} = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as {version: string};
  return {...library, dir, folder: `${library.name}@${version}`};
}

function packageDir(name: string, from: string): string | undefined {
  const paths = createRequire(join(from, "_")).resolve.paths(name) ?? require.resolve.paths(name) ?? [];
  return paths.map((path) => join(path, name)).find((dir) => existsSync(join(dir, "package.json")));
}

async function bundleLibrary(library: Installed, staging: string, installed: readonly Installed[]): Promise<void> {
  const folder = join(staging, library.folder);
  const outfile = join(folder, "_esm.js");
  const {metafile} = await build({
    entryPoints: [library.entry === undefined ? library.name : join(library.dir, library.entry)],
    outfile,
    ...bundleOptions,
    metafile: true,
    mainFields: ["module", "browser", "main"],
    conditions: ["module", "browser", "import"],
    define: {"process.env.NODE_ENV": '"production"'},
    logLevel: "error",
    plugins: [shareLibraries(library, folder, staging, installed)]
  });
  writeFileSync(outfile, packagesRemark(metafile) + readFileSync(outfile, "utf8"));
  for (const file of library.copies ?? []) {
    mkdirSync(dirname(join(folder, file)), {recursive: true});
    copyFileSync(join(library.dir, file), join(folder, file));
  }
}

/** Keeps an import of another vendored library an import, where it is the same installed copy: a page loads one d3. */
function shareLibraries(self: Installed, folder: string, staging: string, installed: readonly Installed[]): Plugin {
  return {
    name: "share-libraries",
    setup({onResolve}) {
      onResolve({filter: /^[@a-z]/i}, ({path, kind, resolveDir}) => {
        const other =
          kind === "entry-point" || path === self.name
            ? undefined
            : installed.find(({name, isApart = false}) => name === path && !isApart);
        if (other === undefined || packageDir(path, resolveDir) !== other.dir) return undefined;
        const specifier = relative(folder, join(staging, other.folder, "_esm.js")).replaceAll("\\", "/");
        return {path: specifier.startsWith(".") ? specifier : `./${specifier}`, external: true};
      });
    }
  };
}
