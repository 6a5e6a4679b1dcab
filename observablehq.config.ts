import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {formatZoned} from "./components/format/moment.js";
import {freshness, spokenUntil} from "./components/parts/freshness.js";
import {dataDir} from "./loaders/shared/data-dir.js";
import {downloadsOf} from "./loaders/shared/downloads.js";
import {narrowCatalog} from "./loaders/shared/for-audience.js";
import type {Dataset} from "./services/domain/dataset.js";
import {withBars} from "./services/domain/settings.js";
import {audienceLinks} from "./services/site/audience-links.js";
import {audienceRoot} from "./services/site/audience-root.js";
import {freshenLoaders, watchLoaders} from "./services/site/freshen.js";
import {licencesFile} from "./services/site/licences.js";
import {menuOf, menuPages} from "./services/site/menu.js";
import {mountRooms} from "./services/site/mount.js";
import {pageFooter} from "./services/site/page-footer.js";
import {pageHead} from "./services/site/page-head.js";
import {interpreter} from "./services/site/programs.js";
import {searchEntries} from "./services/site/search-entries.js";
import {findPages} from "./services/site/site-pages.js";
import {dataVersion, sourceVersion} from "./services/site/source-version.js";
import {vendorLibraries} from "./services/site/vendor.js";
import {parseCatalog} from "./services/snapshots/store-catalog.js";
import {isShownTo} from "./services/sources/settings/audience.js";
import {loadSettings} from "./services/sources/settings/load-settings.js";

const settings = loadSettings();
const {site, audience} = settings;
const base = process.env["TAPEBOOK_BASE"] ?? "/";
const isShown = (path: string) => isShownTo(audience, path);
const sourcePages = findPages("src");
const menu = menuOf({...site, instruments: withBars(site)}, sourcePages, isShown);
const paths = menuPages(menu).map(({path}) => path);
const root = audience === undefined ? "src" : audienceRoot("src", audience.name, isShown, paths);

// Framework reads this file before it scans the source root, so everything it is to find is put in place here.
process.env["OBSERVABLE_TELEMETRY_DISABLE"] ??= "true";
for (const each of new Set(["src", root])) mountRooms(each); // cells are type-checked as they lie in src
await vendorLibraries(root);
await freshenLoaders(root);
const isPreview = process.argv.includes("preview");
if (isPreview) watchLoaders(root, ["loaders", "services", "data"]);

const {version} = JSON.parse(readFileSync("package.json", "utf8")) as {version: string};
const sources = sourceVersion(settings.path);

export default {
  root,
  output: process.env["TAPEBOOK_OUT"] ?? "dist",
  base,
  title: site.title,
  style: "components/theme.css",
  head:
    pageHead({title: site.title, sidecarUrl: process.env["SIDECAR_URL"] ?? ""}) +
    (audience === undefined ? "" : audienceLinks(["/", ...paths].filter(isShown), base)),
  footer: () =>
    pageFooter({
      title: site.title,
      simulated: site.simulated,
      version,
      sources,
      ...heldData(),
      licences: isPreview ? undefined : `/${licencesFile}`
    }), // Framework's own holds the time of the build
  globalStylesheets: [], // Framework's own ask a font server
  duckdb: {extensions: {json: null, parquet: null}}, // not false: it would be fetched from DuckDB's extension host
  interpreters: {".ts": [...interpreter]},
  search: {index: () => searchEntries(menu, sourcePages, subjectNames())},
  toc: false,
  dynamicPaths: [
    ...paths,
    ...(paths.includes("/data") ? downloadsOf(settings).map(({path}) => `/loaders/${path}`) : [])
  ],
  pages: menu
};

/** What the catalogue holds as a page is rendered: in a preview it moves under a running server. */
function heldData(): {data: string; asOf: string | undefined} {
  const path = join(dataDir(), "catalog.json");
  if (!existsSync(path)) return {data: "none", asOf: undefined};
  const {datasets} = narrowCatalog(parseCatalog(readFileSync(path, "utf8")), settings);
  const moments = datasets.flatMap((dataset) => asOfDataset(dataset) ?? []);
  const asOf = moments.length === 0 ? undefined : formatZoned(Math.max(...moments), site.display);
  return {data: dataVersion(datasets), asOf};
}

function asOfDataset(dataset: Dataset): number | null {
  const calendar = site.instruments.find(({id}) => id === dataset.instrument)?.calendar;
  if (calendar === undefined) return dataset.account === undefined ? null : spokenUntil(dataset);
  return freshness(dataset, site.calendars[calendar]!, dataset.checkedTime).asOf;
}

function subjectNames(): Map<string, string> {
  return new Map(site.instruments.map(({slug, name}) => [slug, name]));
}
