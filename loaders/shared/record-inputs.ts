import {createHash} from "node:crypto";
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join, relative} from "node:path";

/**
 * Records which files a loader read, so that its cached output is made again when one of them changes and only then:
 * `.tapebook/inputs/<output>.json` holds `{"data/snapshots/…": "<sha256>"}`. Every entry loader calls it, with every
 * file that its output depends on beside its code: snapshots, the catalogue, settings.
 *
 * @param output what the loader makes, as `loaders/bars/EURUSD/1m.parquet`: see `outputOf`
 */
export function recordInputs(output: string, paths: readonly string[]): void {
  const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
  const record = Object.fromEntries(paths.map((path) => [relative(".", path).replaceAll("\\", "/"), digest(path)]));
  const file = join(inputsFolder(), `${output}.json`);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, JSON.stringify(record, null, 1));
}

/**
 * The output that a loader's command line asks for: `src/loaders/bars/[instrument]/1m.parquet.ts --instrument=EURUSD`
 * makes `loaders/bars/EURUSD/1m.parquet`.
 */
export function outputOf(loader: string, params: Readonly<Record<string, string>>): string {
  const path = loader
    .replaceAll("\\", "/")
    .replace(/^.*?(?=loaders\/)/, "")
    .replace(/\.ts$/, "");
  return path.replace(/\[(\w+)\]/g, (placeholder, name: string) => params[name] ?? placeholder);
}

function inputsFolder(env: NodeJS.ProcessEnv = process.env): string {
  const audience = env["TAPEBOOK_AUDIENCE"];
  return audience ? join(".tapebook", "audiences", audience, "inputs") : join(".tapebook", "inputs");
}
