import {createHash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {build} from "esbuild";
import {globSync} from "tinyglobby";

/** Where a loader writes which files it read: `<folder>/<output path>.json`, as `{"data/…": "<sha256>"}`. */
const inputsFolder = join(".tapebook", "inputs");

/** Data loaders: files named `<output>.<ext>.ts` below `loaders/`, as `loaders/catalog.json.ts`. */
export function findLoaders(dir = "loaders"): string[] {
  return globSync(`${dir}/**/*.*.ts`, {
    ignore: ["**/*.d.ts", "**/*.test.ts"],
    dot: false,
    expandDirectories: false
  }).sort();
}

/**
 * A digest of each loader's code: its own file and every local file it imports, transitively.
 *
 * @returns loader path → SHA-256, which moves when any of those files does
 */
export async function loaderDigests(loaders: readonly string[]): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  if (loaders.length === 0) return digests;
  const {metafile} = await build({
    entryPoints: loaders.map((loader) => `./${loader}`),
    absWorkingDir: process.cwd(),
    bundle: true,
    write: false,
    metafile: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outdir: "/",
    logLevel: "silent"
  });
  for (const {entryPoint, inputs} of Object.values(metafile.outputs)) {
    if (entryPoint !== undefined) digests.set(entryPoint, digestFiles(Object.keys(inputs)));
  }
  return digests;
}

function digestFiles(paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of [...paths].sort()) hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

/** Whether every file that made a cached output, as its loader recorded them, is as it was; unrecorded is not. */
export function areInputsFresh(output: string): boolean {
  const audience = process.env["TAPEBOOK_AUDIENCE"];
  const folder = audience ? join(".tapebook", "audiences", audience, "inputs") : inputsFolder;
  const record = join(folder, `${output}.json`);
  if (!existsSync(record)) return false;
  const inputs = JSON.parse(readFileSync(record, "utf8")) as Record<string, string>;
  return Object.entries(inputs).every(([path, sha256]) => existsSync(path) && sha256Of(path) === sha256);
}

function sha256Of(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
