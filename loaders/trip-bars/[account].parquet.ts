import {loadTripBars} from "../shared/load-trip-bars.js";
import {runLoader} from "../shared/run-loader.js";

await runLoader(import.meta.url, ["account"], ({account}) => loadTripBars(account));
