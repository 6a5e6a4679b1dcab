import {pathToFileURL} from "node:url";
import type {Plugin} from "esbuild";

/** Parts of libraries that come along with what pages use of them, and are themselves used by no page. */
const parts: readonly {readonly file: RegExp; readonly keep?: RegExp; readonly idle?: RegExp}[] = [
  {file: /[/\\]d3-geo[/\\]dist[/\\]d3-geo\.mjs$/, idle: /^geoTransform$/},
  {
    file: /[/\\]d3-scale-chromatic[/\\]dist[/\\]d3-scale-chromatic\.mjs$/,
    keep: /^scheme(Observable10|Tableau10|Category10)$/
  },
  {file: /[/\\]plot[/\\]src[/\\]legends[/\\](ramp|swatches)\.js$/},
  {file: /[/\\]hyparquet[/\\]src[/\\](wkb|variant|bloom)\.js$/}
];

/**
 * Leaves out of a bundle what no page uses and a bundler cannot tell: map projections, named colour schemes and legends
 * of Plot, geometries, variants and Bloom filters of Parquet. Each function left out says so by its name when it is
 * called after all, which fails the check of pages that a build ends with. Lists that are kept are written out; what is
 * called as soon as its library is loaded does nothing (`idle`), and what it would have made is of use only to the rest.
 */
export const leaveOut: Plugin = {
  name: "leave-out",
  setup({onLoad}) {
    for (const {file, keep = /^$/, idle = /^$/} of parts)
      onLoad({filter: file}, async ({path}) => {
        const module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
        const lines = Object.entries(module).map(([name, value]) => {
          if (keep.test(name)) return `export const ${name} = ${JSON.stringify(value)};`;
          return `export const ${name} = /* @__PURE__ */ left(${JSON.stringify(name)}, ${idle.test(name)});`;
        });
        return {contents: [left, ...lines].join("\n"), loader: "js"};
      });
  }
};

const left = `const left = (name, isIdle) => () => {
  if (!isIdle) throw new Error("left out of packed pages: " + name);
};`;
