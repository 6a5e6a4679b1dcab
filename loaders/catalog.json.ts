import type {Catalog} from "../services/domain/dataset.js";
import {loadSettings} from "../services/sources/settings/load-settings.js";
import {dataDir} from "./shared/data-dir.js";
import {narrowCatalog} from "./shared/for-audience.js";
import {loadCatalog} from "./shared/load-catalog.js";
import {runLoader} from "./shared/run-loader.js";

await runLoader(import.meta.url, [], async () => {
  const settings = loadSettings();
  const {content, inputs} = await loadCatalog(dataDir(), settings);
  if (settings.audience === undefined) return {content, inputs};
  return {content: JSON.stringify(narrowCatalog(JSON.parse(content as string) as Catalog, settings)), inputs};
});
