/** A library that pages may import as `npm:name`, served from node_modules instead of a CDN. */
export interface Library {
  readonly name: string;
  /** Entry inside the package where the bare name is not it. */
  readonly entry?: string;
  /** Bundled into the libraries that use it as well: for pages that need it alone and not the larger one. */
  readonly isApart?: boolean;
  /** Files copied as they are: WebAssembly, workers. */
  readonly copies?: readonly string[];
}

/** The libraries of the site; versions come from the lock file. */
export const libraries: readonly Library[] = [
  {name: "@observablehq/plot"},
  {name: "d3"},
  {name: "d3-dsv"},
  {name: "d3-scale", isApart: true},
  {name: "htl"},
  {name: "isoformat"},
  {name: "arquero"},
  {name: "apache-arrow"},
  {
    name: "@duckdb/duckdb-wasm",
    entry: "dist/duckdb-browser.mjs",
    copies: ["dist/duckdb-eh.wasm", "dist/duckdb-browser-eh.worker.js"]
  }
];

/**
 * Packages that Framework's client mentions and this site does not use. Their version must resolve or nothing
 * builds; an empty folder is enough, and using one of them then fails the build by name.
 */
export const mentionedOnly: readonly string[] = [
  "@observablehq/sample-datasets",
  "@uwdata/vgplot",
  "@viz-js/viz",
  "echarts",
  "exceljs",
  "jszip",
  "katex",
  "leaflet",
  "lodash",
  "mapbox-gl",
  "mermaid",
  "parquet-wasm",
  "react",
  "react-dom",
  "sql.js",
  "topojson-client",
  "vega",
  "vega-lite",
  "vega-lite-api"
];

/** Framework 1.13.4 asks for this version of duckdb-wasm whether or not a page uses its client. */
export const duckdbMentioned = "1.29.0";
