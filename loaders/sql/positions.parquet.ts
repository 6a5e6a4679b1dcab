import {loadAllPositions} from "../shared/load-sql-accounts.js";
import {runLoader} from "../shared/run-loader.js";

await runLoader(import.meta.url, [], () => loadAllPositions());
