import {loadTicks} from "../shared/load-snapshot.js";
import {runLoader} from "../shared/run-loader.js";

await runLoader(import.meta.url, ["instrument"], ({instrument}) => loadTicks(instrument));
