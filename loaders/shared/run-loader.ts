import {relative} from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import {forAudience} from "./for-audience.js";
import {outputOf, recordInputs} from "./record-inputs.js";
import {messageOf} from "./report.js";

/** What a loader hands over, and the files it was made from. */
export interface Loaded {
  readonly content: Uint8Array | string;
  readonly inputs: readonly string[];
}

/**
 * Runs an entry loader: takes its parameters as Framework passes them, writes what it loads to standard output, and
 * records what it was made from. A failure is one plain line and exit code 1, with nothing written.
 *
 * @param url the entry's own `import.meta.url`
 * @param names its parameters, as in its path: `["instrument", "timeframe"]`
 */
export async function runLoader<K extends string>(
  url: string,
  names: readonly K[],
  load: (params: Readonly<Record<K, string>>) => Promise<Loaded>
): Promise<void> {
  const entry = relative(".", fileURLToPath(url))
    .replaceAll("\\", "/")
    .replace(/^.*?(?=loaders\/)/, "");
  try {
    const params = parseParams(names, process.argv.slice(2));
    const {content, inputs} = await forAudience(await load(params));
    recordInputs(outputOf(entry, params), inputs);
    process.stdout.write(content);
  } catch (error) {
    console.error(process.env["DEBUG"] ? error : `${entry}: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}

function parseParams<K extends string>(names: readonly K[], args: string[]): Record<K, string> {
  const options = Object.fromEntries(names.map((name) => [name, {type: "string"} as const]));
  const {values} = parseArgs({args, options});
  const missing = names.filter((name) => typeof values[name] !== "string");
  if (missing.length > 0) throw new RangeError(`missing parameter: ${missing.map((name) => `--${name}=…`).join(" ")}`);
  return values as Record<K, string>;
}
