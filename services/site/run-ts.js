// Runs a TypeScript program as one file: `node services/site/run-ts.js <program> <arguments>`. What it imports of ours is
// bundled anew each time, a tenth of a second, since a loader hook would transpile some hundred files one by one.
import {mkdirSync, renameSync, writeFileSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {buildSync} from "esbuild";

const [node = process.execPath, , program = "", ...args] = process.argv;
const path = join(".tapebook", "run", `${program.replace(/\.ts$/, "")}.mjs`);
const {outputFiles} = buildSync({
  entryPoints: [{in: resolve(program), out: "program"}],
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  sourcesContent: false,
  write: false,
  outdir: dirname(path),
  define: {"import.meta.url": JSON.stringify(pathToFileURL(program).href)} // its own, not the bundle's
});
const [bundle] = outputFiles;
if (bundle === undefined) throw new Error(`nothing came of ${program}`);
mkdirSync(dirname(path), {recursive: true});
const partial = `${path}.${process.pid}`;
writeFileSync(partial, bundle.contents);
renameSync(partial, path); // another run of the same program may be reading it
process.setSourceMapsEnabled(true);
process.argv = [node, resolve(program), ...args];
await import(pathToFileURL(path).href);
