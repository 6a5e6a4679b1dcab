import {loadSettings} from "../services/sources/settings/load-settings.js";
import {runLoader} from "./shared/run-loader.js";

await runLoader(import.meta.url, [], async () => {
  const {site, files} = loadSettings();
  return {content: JSON.stringify(site), inputs: files};
});
