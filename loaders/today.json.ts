import {loadToday} from "./shared/load-today.js";
import {runLoader} from "./shared/run-loader.js";

await runLoader(import.meta.url, [], () => loadToday());
