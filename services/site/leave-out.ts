import {pathToFileURL} from "node:url";
import type {Plugin} from "esbuild";

/** A part of a library that comes along with what pages use of it, and is itself used by no page. */
interface IdlePart {
  readonly file: RegExp;
  /** Lists that are written out, and kept. */
  readonly keep?: RegExp;
  /** Called as soon as its library is loaded: does nothing, and what it would have made is of use only to the rest. */
  readonly idle?: RegExp;
  /** Called by everything, as code: what it does where nothing is asked of it. */
  readonly unasked?: Readonly<Record<string, string>>;
  /** What that code needs. */
  readonly imports?: string;
}

const parts: readonly IdlePart[] = [
  {file: /[/\\]d3-geo[/\\]dist[/\\]d3-geo\.mjs$/, idle: /^geoTransform$/},
  {
    file: /[/\\]d3-scale-chromatic[/\\]dist[/\\]d3-scale-chromatic\.mjs$/,
    keep: /^scheme(Observable10|Tableau10|Category10)$/
  },
  {file: /[/\\]plot[/\\]src[/\\]legends[/\\](ramp|swatches)\.js$/},
  {
    file: /[/\\]plot[/\\]src[/\\]scales[/\\]schemes\.js$/,
    imports: `import {schemeCategory10, schemeObservable10, schemeTableau10} from "d3";
      const categorical = {category10: schemeCategory10, observable10: schemeObservable10, tableau10: schemeTableau10};
      const ofName = (scheme) => categorical[String(scheme).toLowerCase()];`,
    unasked: {
      isCategoricalScheme: "(scheme) => ofName(scheme) !== undefined",
      isDivergingScheme: "() => false",
      ordinalScheme: "(scheme) => ofName(scheme) ?? missing()",
      ordinalRange: "(scheme, length) => ofName(scheme)?.slice(0, length) ?? missing()",
      maybeBooleanRange: `(domain) => {
        const known = [...domain].filter((value) => value != null);
        return known.length === 0 ? [] : known.every((value) => typeof value === "boolean") ? missing() : undefined;
      }`,
      quantitativeScheme: "() => missing" // asked for where a range is given too, and then not called
    }
  },
  {
    file: /[/\\]plot[/\\]src[/\\]projection\.js$/,
    imports: 'import {valueObject} from "./channel.js";',
    unasked: {
      createProjection: "({projection}) => projection == null ? undefined : missing()",
      hasProjection: "({projection}) => projection != null",
      projectionAspectRatio: "(projection) => projection == null ? undefined : missing()",
      applyPosition: `({x, y}, scales, {projection}) =>
        projection == null ? valueObject({...(x && {x}), ...(y && {y})}, scales) : missing()`
    }
  },
  {file: /[/\\]hyparquet[/\\]src[/\\](wkb|variant|bloom)\.js$/},
  {
    file: /[/\\]hyparquet[/\\]src[/\\]filter\.js$/,
    unasked: {
      canSkipRowGroup: "({filter}) => filter !== undefined && missing()",
      columnsNeededForFilter: "(filter) => filter === undefined ? [] : missing()",
      pathsNeededForFilter: "(filter) => filter === undefined ? [] : missing()"
    }
  }
];

/**
 * Leaves out of a bundle what no page uses and a bundler cannot tell: map projections, named colour schemes and
 * legends of Plot; geometries, variants and filters of Parquet. Each function left out says so by its name when it is
 * called after all, which fails the check of pages that a build ends with.
 */
export const leaveOut: Plugin = {
  name: "leave-out",
  setup({onLoad}) {
    for (const part of parts)
      onLoad({filter: part.file}, async ({path}) => ({contents: await codeOf(path, part), loader: "js"}));
  }
};

async function codeOf(path: string, {keep = /^$/, idle = /^$/, unasked = {}, imports = ""}: IdlePart): Promise<string> {
  const module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  const lines = Object.entries(module).map(([name, value]) => {
    if (keep.test(name)) return `export const ${name} = ${JSON.stringify(value)};`;
    const missing = `left(${JSON.stringify(name)}, ${idle.test(name)})`;
    const code = unasked[name] === undefined ? missing : `((missing) => ${unasked[name]})(${missing})`;
    return `export const ${name} = /* @__PURE__ */ ${code};`;
  });
  return [imports, left, ...lines].join("\n");
}

const left = `const left = (name, isIdle) => () => {
  if (!isIdle) throw new Error("left out of packed pages: " + name);
};`;
