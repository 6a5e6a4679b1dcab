import {loadLiveContext} from "./shared/load-live-context.js";
import {runLoader} from "./shared/run-loader.js";

await runLoader(import.meta.url, [], () => loadLiveContext());
