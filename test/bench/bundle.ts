import {join} from "node:path";
import {build} from "esbuild";

/**
 * Bundles a program of this folder as what is published is bundled.
 *
 * Not under tsx: its loader detaches a buffer, and once that has happened V8 asks at each access to a typed array
 * whether it is detached too, which makes tight loops up to twice as slow as they are in a page or a bundled service.
 *
 * @param code what the program does, its imports as from this folder
 * @returns the file, for plain Node
 */
export async function bundle(name: string, code: string): Promise<string> {
  const file = join(".tapebook", "bench", `${name}.mjs`);
  await build({
    stdin: {contents: code, resolveDir: join("test", "bench"), loader: "ts"},
    bundle: true,
    outfile: file,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning"
  });
  return file;
}
