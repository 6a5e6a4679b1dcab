import {loadLiveBars} from "./shared/load-live-bars.js";
import {runLoader} from "./shared/run-loader.js";

await runLoader(import.meta.url, [], () => loadLiveBars());
