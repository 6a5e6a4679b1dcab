// Runs a TypeScript program as one file: `node services/site/run-ts.js <program> <arguments>`. A loader hook would
// transpile some hundred files one by one, at every run; bundled, they are one that is kept until one of them changes.
import {createHash} from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync
} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {pathToFileURL} from "node:url";

const [node = process.execPath, , program = "", ...args] = process.argv;
const path = join(".tapebook", "run", `${program.replace(/\.ts$/, "")}.mjs`);
const own = ["services/site/run-ts.js", "tsconfig.json", "package-lock.json"]; // which says what the packages are
const packages = ["zod", "yaml", "hyparquet", "hyparquet-writer"]; // of some hundred files, and of code alone
const options = /** @type {const} */ ({bundle: true, platform: "node", format: "esm", target: "node20", write: false});
if (!isCurrent()) await bundle();
process.setSourceMapsEnabled(true);
process.argv = [node, resolve(program), ...args];
await import(pathToFileURL(path).href);

/** Whether every file that the bundle was made of is what it was; the last line names them with their hashes. */
function isCurrent() {
  try {
    const [, inputs = ""] = /\n\/\/ (\{.*\})$/.exec(tailOf(path)) ?? [];
    return Object.entries(JSON.parse(inputs)).every(([file, hash]) => hashOf(file) === hash);
  } catch {
    return false; // not bundled yet, or a file is no more
  }
}

async function bundle() {
  const {buildSync} = await import("esbuild");
  const packed = Object.fromEntries(packages.map((name) => [name, pack(name, buildSync)]));
  const {outputFiles, metafile} = buildSync({
    ...options,
    entryPoints: [{in: resolve(program), out: "program"}],
    packages: "external",
    alias: packed,
    external: Object.values(packed),
    sourcemap: "inline",
    sourcesContent: false,
    metafile: true,
    outdir: dirname(path),
    define: {"import.meta.url": JSON.stringify(pathToFileURL(program).href)} // its own, not the bundle's
  });
  const files = [...Object.keys(metafile.inputs), ...Object.values(packed), ...own];
  const inputs = Object.fromEntries(files.map((file) => [file, hashOf(file)]));
  place(path, `${outputFiles[0]?.text}\n// ${JSON.stringify(inputs)}`);
}

/**
 * A package as one file, made once for its version.
 *
 * @param {string} name
 * @param {typeof import("esbuild").buildSync} buildSync
 * @returns where it is
 */
function pack(name, buildSync) {
  const {version} = JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8"));
  const file = resolve(".tapebook", "run", "packages", `${name}-${version}.mjs`);
  if (existsSync(file)) return file;
  const contents = `export * from ${JSON.stringify(name)};`;
  const {outputFiles} = buildSync({
    ...options,
    platform: "browser", // of each the modules that ask nothing of Node
    stdin: {contents, resolveDir: process.cwd()}
  });
  place(file, outputFiles[0]?.text ?? "");
  return file;
}

/** Whole or not at all: another run may be reading it. @param {string} file @param {string} text */
function place(file, text) {
  mkdirSync(dirname(file), {recursive: true});
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, text);
  renameSync(partial, file);
}

/** A bundle is some megabytes, its last line some kilobytes. @param {string} file */
function tailOf(file) {
  const tail = Buffer.alloc(65_536);
  const handle = openSync(file, "r");
  try {
    const length = readSync(handle, tail, 0, tail.length, Math.max(0, fstatSync(handle).size - tail.length));
    return tail.toString("utf8", 0, length);
  } finally {
    closeSync(handle);
  }
}

/** @param {string} file */
function hashOf(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
}
