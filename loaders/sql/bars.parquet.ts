import {loadKeptBars} from "../shared/load-sql.js";
import {runLoader} from "../shared/run-loader.js";

await runLoader(import.meta.url, [], () => loadKeptBars("finest"));
