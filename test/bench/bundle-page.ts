import {build} from "esbuild";

/** A bench's page code as one script, whose exports are `bench`'s. */
export async function bundlePage(entry: string): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    globalName: "bench",
    define: {"process.env.NODE_ENV": '"production"'},
    plugins: [
      {
        name: "npm",
        setup({onResolve, resolve}) {
          onResolve({filter: /^npm:/}, ({path, kind, resolveDir}) => resolve(path.slice(4), {kind, resolveDir}));
        }
      }
    ]
  });
  return outputFiles[0]!.text;
}
