import {existsSync, readFileSync, statSync} from "node:fs";
import {basename, dirname, join, resolve} from "node:path";
import {build, type Plugin} from "esbuild";
import {bundleOptions} from "./bundle-options.js";

/** Libraries that Framework's client would load for a name that a cell uses without an import. */
const implicit: Readonly<Record<string, string>> = {"@observablehq/plot": "Plot", d3: "d3"};

/**
 * A page's code and every module it could load, as one script without an import.
 *
 * @param code the page's own module, its relative imports as from *folder*
 * @param hasAnswers whether the file holds a database's answers, and so leaves the database out
 * @throws {Error} if it opens a file that cannot be held in the page: a worker of a library, WebAssembly
 */
export async function inlineScript(code: string, folder: string, page: string, hasAnswers = false): Promise<string> {
  const {outputFiles} = await build({
    stdin: {contents: code, resolveDir: resolve(folder)},
    ...bundleOptions,
    write: false,
    logLevel: "silent",
    plugins: [holdAll(code, page, hasAnswers)]
  }).catch(refuse);
  return outputFiles[0]!.text.replaceAll("<!--", "\\x3C!--");
}

/** @throws {Error} the bundler's first complaint, in its own words */
function refuse(cause: unknown): never {
  const first = (cause as {errors?: readonly {text: string}[]}).errors?.[0];
  throw first === undefined ? cause : new Error(first.text, {cause});
}

/** Takes modules from the built site; what Framework's client mentions and the site does not hold says so if used. */
function holdAll(code: string, page: string, hasAnswers: boolean): Plugin {
  const isLeft = (path: string) => hasAnswers && isDatabase(path);
  const isImplicit = (name: string) => new RegExp(`inputs: \\[[^\\]]*"${name}"`).test(code);
  const isHeld = (path: string) => {
    const library = /\/_npm\/((?:@[^/]+\/)?[^/@]+)@/.exec(path.replaceAll("\\", "/"))?.[1] ?? "";
    const name = implicit[library];
    return existsSync(path) && (name === undefined || isImplicit(name));
  };
  return {
    name: "hold-all",
    setup({onResolve, onLoad}) {
      onResolve({filter: /^\./}, ({path, kind, resolveDir, importer}) => {
        const target = resolve(resolveDir, path);
        const isClient = kind === "dynamic-import" && importer.includes("_observablehq");
        const isAbsent = isLeft(target) || (isClient && !isHeld(target));
        return isAbsent ? {path, namespace: "absent"} : {path: target};
      });
      onLoad({filter: /.*/, namespace: "absent"}, ({path}) => ({
        contents: `throw new Error(${JSON.stringify(`not held by this file: ${path}`)});`
      }));
      onLoad({filter: /\.js$/}, async ({path}) => ({
        contents: await withoutResolve(path, page, hasAnswers),
        loader: "js"
      }));
    }
  };
}

/** A module's text in which a worker of the site's own is a program that the file holds, opened from a `blob:` URL. */
async function withoutResolve(path: string, page: string, hasAnswers: boolean): Promise<string> {
  const text = readFileSync(path, "utf8");
  const pattern = /import\.meta\.resolve\("([^"]*)"\)/g;
  const held = new Map<string, string>();
  for (const [, specifier = ""] of text.matchAll(pattern)) {
    const file = join(dirname(path), specifier);
    if (!existsSync(file) || (hasAnswers && isDatabase(file))) held.set(specifier, '""');
    else if (!/[/\\]_import[/\\].*\.js$/.test(file))
      throw new Error(`${page} cannot be one file: it opens ${describe(file)} by itself`);
    else
      held.set(
        specifier,
        blobOf(await inlineScript(`import ${JSON.stringify(`./${basename(file)}`)};`, dirname(file), page, hasAnswers))
      );
  }
  return text.replace(pattern, (_, specifier: string) => held.get(specifier)!);
}

function isDatabase(path: string): boolean {
  return /[/\\]_npm[/\\]@duckdb[/\\]/.test(path);
}

function blobOf(program: string): string {
  return `URL.createObjectURL(new Blob([${JSON.stringify(program)}], {type: "text/javascript"}))`;
}

function describe(file: string): string {
  return `${basename(file)} (${(statSync(file).size / 1e6).toFixed(1)} MB)`;
}
