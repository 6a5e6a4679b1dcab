import {loadInspection} from "./shared/load-inspection.js";
import {runLoader} from "./shared/run-loader.js";

await runLoader(import.meta.url, [], () => loadInspection());
